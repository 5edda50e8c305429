import Files

/// Why nothing can be collected.
package enum CollectingError: Error, Hashable, CustomStringConvertible {
    case noAddress(String)
    case folder(String, FileError)
    /// A table that no collection wrote.
    case foreignTable(String)
    case damagedState(String)
    /// No address gave anything; one of them, and why.
    case nothingFound(address: String, reason: String)
    /// Another run is at work in the folder.
    case running(String)

    package var description: String {
        switch self {
        case .noAddress(let text):
            "\(text) is no address of the web; give one as https://example.org/music/"
        case .folder(let path, let reason):
            "\(path): \(reason); name a folder that can be written to with --output"
        case .foreignTable(let path):
            "\(path) is not of a collection and would be overwritten; name another folder with "
                + "--output"
        case .damagedState(let path):
            "\(path) is damaged; collect into another folder, or remove it together with "
                + "metadata.csv to begin anew"
        case .nothingFound(let address, let reason):
            "\(address): \(reason)"
        case .running(let folder):
            "\(folder): another run is collecting into it; wait until that has ended, or name "
                + "another folder with --output"
        }
    }
}
