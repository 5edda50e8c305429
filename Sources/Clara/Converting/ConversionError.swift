import Encodings

/// Why a file could not be converted.
public enum ConversionError: Error, Hashable, CustomStringConvertible {
    case unreadable(file: String, reason: String)
    case noNotes(file: String)
    case wrongWord(file: String, UnknownWordError)
    case unknownEncoding(String, known: String)
    /// Two files would be written to one place.
    case sameOutput(file: String, other: String, output: String)
    case noFiles(folder: String)
    /// None of a folder's files could be used; the first with its reason.
    case nothingUsable(first: Corpus.Skipped)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason); give a text such as clara encode writes"
        case .noNotes(let file):
            "\(file): there are no notes in it that Clara could use (drums do not count)"
        case .wrongWord(let file, let error):
            "\(file): \(error)"
        case .unknownEncoding(let name, let known):
            "there is no encoding “\(name)”; use \(known)"
        case .sameOutput(let file, let other, let output):
            "\(file) and \(other) would both be written to \(output); convert them one by one"
        case .noFiles(let folder):
            "\(folder): there are no MIDI files there"
        case .nothingUsable(let first):
            "no file could be used; the first, \(first.path): \(first.reason)"
        }
    }
}
