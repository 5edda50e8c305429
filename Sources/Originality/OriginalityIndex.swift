/// The passages of many pieces, by which a copy of one is known: what ships beside a model, of the
/// music that it was trained on.
///
/// It holds hashes and names, not the music. That hides no secrets: who guesses notes can check the
/// guess, chord after chord. So an index goes where the licence of its music lets the music's
/// adaptations go; the bundled one is of music under CC BY 4.0 and CC BY-SA 3.0 DE, and has the model's
/// licence.
package struct OriginalityIndex: Hashable, Sendable {
    package let pieces: [IndexedPiece]
    /// What human pieces share with these by chance; nil where that was not measured.
    package var baseline: ChanceBaseline?

    package init(_ pieces: [IndexedPiece], baseline: ChanceBaseline? = nil) {
        self.pieces = pieces
        self.baseline = baseline
    }

    /// Of all pieces.
    package var chordCount: Int { pieces.reduce(0) { $0 + $1.chordCount } }
}
