/// What enters a network that generates: a token's embedding plus the sum of its contexts'.
struct InferenceEmbedding: Sendable {
    let tokens: FloatRows  // (V, E)
    let contexts: FloatRows?  // (contexts, E)

    /// Overwrites `row` (E).
    func write(_ token: Int, contexts ids: ArraySlice<Int32>, into row: UnsafeMutablePointer<Float>)
    {
        tokens.copy(row: token, to: row)
        guard let contexts else { return }
        for id in ids { contexts.add(row: Int(id), to: row) }
    }
}
