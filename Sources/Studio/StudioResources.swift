import Foundation

/// Where the page and the description of the interface are.
public enum StudioResources {
    /// The folder beside the program, as it is built and copied; else the one that was built.
    public static func folder(besides executable: String) -> String {
        let beside = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("clara_Studio.resources")
        return FileManager.default.fileExists(atPath: beside.path)
            ? beside.path : Bundle.module.resourcePath ?? Bundle.module.bundlePath
    }
}
