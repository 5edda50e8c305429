/// A step of sampling that depends on what its stream has written so far.
///
/// A value with one copy for each stream, told each token like a ``TokenConstraint``: copying it
/// forks the stream.
package protocol HistoryTransform: LogitsTransform {
    /// Takes note of a token, of the prompt or chosen. O(1).
    mutating func advance(_ token: Int)
}
