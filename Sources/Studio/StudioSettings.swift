import Audio
import Clara
import Foundation

/// Where a studio listens and where it keeps things.
public struct StudioSettings: Sendable {
    public var address = "127.0.0.1"
    /// 0 for any that is free.
    public var port = 8017
    /// What others than this machine must know; nil for nothing.
    public var token: String?
    /// The names that others may call this machine by.
    public var names: [String] = []
    /// The file of sessions.
    public var sessions: String
    /// The file of the library of pieces.
    public var library: String
    /// A folder for what can be made again; nil to keep none.
    public var cache: String?
    /// The page's folder.
    public var page: String
    /// Whether the page is read again whenever it is loaded.
    public var isPageLive = false
    /// The interface's description.
    public var description: String
    public var examples: [String]
    public var models: ModelLocator
    public var soundFont: SoundFontLocator
    public var limits = StudioLimits()
    /// Seconds to wait for another program that writes to the file of sessions.
    public var patience = 3.0
    /// Jobs that compute at once.
    public var cores = ProcessInfo.processInfo.activeProcessorCount
    public var now: @Sendable () -> Date = { Date() }

    /// As a program has it that is started from `folder`.
    ///
    /// - Parameters:
    ///   - executable: the program's path.
    ///   - resources: the folder with the page and the description.
    public init(
        environment: [String: String], folder: String, executable: String, resources: String
    ) {
        sessions = SessionStore.standardPath(environment: environment)
        library = LibraryShelf.standardPath(environment: environment)
        let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        cache = (caches ?? home + "/.cache") + "/clara/notes"
        page = "\(resources)/Page"
        description = "\(resources)/API/openapi.json"
        models = ModelLocator(
            environment: environment, currentFolder: folder, executable: executable)
        soundFont = SoundFontLocator(environment: environment)
        var folders = ["\(folder)/Examples"]
        var above = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
        for _ in 0..<6 {
            above.deleteLastPathComponent()
            folders.append(above.appendingPathComponent("Examples").path)
        }
        examples = folders
    }
}
