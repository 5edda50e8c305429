/// Why a piece cannot be compared with others.
public enum OriginalityError: Error, Hashable, CustomStringConvertible {
    /// There is none beside the model.
    case noIndex(path: String, model: String)
    case unreadable(path: String, reason: String)
    case noNotes(path: String)
    case nothingToIndex(names: [String])

    public var description: String {
        switch self {
        case .noIndex(let path, let model):
            "\(path): there is no such file; make it of the music that the model was trained on: "
                + "clara originality index --model \(model) --data <dir>"
        case .unreadable(let path, let reason):
            "\(path): \(reason); make it again with clara originality index"
        case .noNotes(let path):
            "\(path): has no notes besides drums, so there is nothing to compare"
        case .nothingToIndex(let names):
            "\(names.joined(separator: ", ")): the model held all pieces there out, and was trained "
                + "on none of them; name the music that it was trained on"
        }
    }
}
