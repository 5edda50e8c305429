import CKernels

/// What intervals add to the logits of notes, in a network that generates.
struct IntervalScores: Sendable {
    let layout: IntervalLayout
    /// (intervals of all references, E)
    let projection: InferenceProjection

    /// Adds to a stream's logits (V) the scores from the notes that its contexts name.
    func add(
        _ scores: UnsafePointer<Float>, contexts: ArraySlice<Int32>,
        to logits: UnsafeMutablePointer<Float>
    ) {
        layout.forEachReference(contexts) { score in
            clara_add_scaled(logits + layout.firstNote, scores + score, 1, layout.notes)
        }
    }
}
