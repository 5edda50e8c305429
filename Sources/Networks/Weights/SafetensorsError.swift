/// Why a safetensors file could not be used: what, where, and what to do next.
public enum SafetensorsError: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case notSafetensors(path: String, reason: String)
    case truncated(path: String, expectedBytes: Int, foundBytes: Int)
    case missingTensor(path: String, name: String)
    case wrongShape(path: String, name: String, expected: [Int], found: [Int])
    case wrongType(path: String, name: String, expected: String, found: String)
    case unwritable(path: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)"
        case .notSafetensors(let path, let reason):
            "\(path): not a safetensors file: \(reason)"
        case .truncated(let path, let expected, let found):
            "\(path): cut short: its header promises \(expected) bytes, but there are \(found); "
                + "copy or train the model again"
        case .missingTensor(let path, let name):
            "\(path): has no tensor “\(name)”; it was made for another network"
        case .wrongShape(let path, let name, let expected, let found):
            "\(path): tensor “\(name)” should have shape \(expected), but has \(found)"
        case .wrongType(let path, let name, let expected, let found):
            "\(path): tensor “\(name)” should be of type \(expected), but is \(found)"
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)"
        }
    }
}
