/// How the weights of a network that only generates are held in memory.
///
/// Whatever the precision, a file may hold its weights as 16- or 32-bit floats.
public enum WeightPrecision: String, Hashable, Sendable, Codable, CaseIterable {
    /// 32-bit floats: what training works with.
    case float32
    /// 16-bit floats: straight from the mapped file where it holds such.
    case float16
    /// Whole numbers, −127…127 times a scale for each row, rounded when the file is read; so are the
    /// networks' activations, with a scale for each stream. The fastest by far.
    case int8
}
