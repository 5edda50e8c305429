import CKernels

/// What a layout's scores add to the logits, in a network that generates.
struct InferenceScores: Sendable {
    let layout: ScoreLayout
    /// (layout.width, E)
    let projection: InferenceProjection

    /// Adds to a stream's logits (V) the scores that its contexts call for.
    func add(
        _ scores: UnsafePointer<Float>, contexts: ArraySlice<Int32>,
        to logits: UnsafeMutablePointer<Float>
    ) {
        layout.forEachSpan(contexts) { score, token, count in
            clara_add_scaled(logits + token, scores + score, 1, count)
        }
    }
}
