/// What is known about a stream from the tokens it has read, besides what a network remembers: ids
/// whose embeddings are added to the newest token's, and which tokens may follow.
///
/// Networks and training know these as numbers only; an encoding gives them their meaning, such as
/// the notes that sound and the place in the bar. A value with one copy for each stream.
package protocol StreamContext: Sendable {
    /// Takes in the next token. The token that begins a piece makes everything as it was at first.
    mutating func advance(_ token: Int)

    /// Appends the ids that hold now, each 0 ..< the network's `contexts`.
    func appendIDs(to ids: inout [Int32])

    /// Sets `allowed[token]`, (V), to whether `token` may come next.
    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>)
}
