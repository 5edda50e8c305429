import Foundation

/// Finds the SoundFont that is installed on this machine.
public struct SoundFontLocator: Sendable {
    /// The variable of the environment that names a SoundFont's file.
    public static let variable = "CLARA_SOUNDFONT"

    /// Names that a system gives its chosen SoundFont, then well-known ones, best first.
    private static let favourites = [
        "default-GM.sf2", "default-GM.sf3", "default.sf2", "default.sf3", "FluidR3_GM.sf2",
        "MuseScore_General.sf3", "GeneralUser-GS.sf2", "TimGM6mb.sf2",
    ]

    private let chosen: String?
    private let folders: [String]

    /// - Parameter environment: tells `CLARA_SOUNDFONT` and the home folder.
    public init(environment: [String: String]) {
        self.init(
            chosen: environment[Self.variable], folders: Self.folders(home: environment["HOME"]))
    }

    /// - Parameters:
    ///   - chosen: the file that the user named; nil or empty for none.
    ///   - folders: searched in order where none is named.
    public init(chosen: String?, folders: [String]) {
        self.chosen = chosen.flatMap { $0.isEmpty ? nil : $0 }
        self.folders = folders
    }

    private static func folders(home: String?) -> [String] {
        let own = home.map { ["\($0)/.local/share/sounds/sf2", "\($0)/.local/share/soundfonts"] }
        #if os(macOS)
            let system = [
                "/Library/Audio/Sounds/Banks", "/opt/homebrew/share/soundfonts",
                "/opt/homebrew/share/fluid-synth/sf2", "/usr/local/share/soundfonts",
                "/usr/local/share/fluid-synth/sf2",
            ]
            return (own ?? []) + (home.map { ["\($0)/Library/Audio/Sounds/Banks"] } ?? []) + system
        #else
            let system = [
                "/usr/share/sounds/sf2", "/usr/share/soundfonts", "/usr/share/sounds/sf3",
                "/usr/local/share/soundfonts", "/home/linuxbrew/.linuxbrew/share/soundfonts",
                "/home/linuxbrew/.linuxbrew/share/fluid-synth/sf2",
            ]
            return (own ?? []) + system
        #endif
    }

    /// The named SoundFont, else the first folder's that has one.
    ///
    /// - Throws: `SoundError.noSoundFont` with the places searched, or what is wrong with the named one.
    public func soundFont() throws(SoundError) -> SoundFont {
        if let chosen { return try SoundFont(path: chosen) }
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let fonts = names.filter { $0.hasSuffix(".sf2") || $0.hasSuffix(".sf3") }
            let ranked = Self.favourites.filter(fonts.contains) + fonts.sorted()
            for name in ranked {
                if let font = try? SoundFont(path: "\(folder)/\(name)") { return font }
            }
        }
        throw .noSoundFont(searched: folders)
    }
}
