import ArgumentParser
import Clara
import Foundation

/// Which SoundFont plays.
struct SoundFontOption: ParsableArguments {
    @Option(
        name: .customLong("soundfont"),
        help: ArgumentHelp(
            "The SoundFont that plays (default: \(SoundFontLocator.variable), else an installed one).",
            valueName: "file.sf2"))
    var path: String?

    /// Throws `SoundError` when there is none, with what to install.
    func soundFont() throws -> SoundFont {
        if let path { return try SoundFont(path: path) }
        return try SoundFontLocator(environment: ProcessInfo.processInfo.environment).soundFont()
    }
}
