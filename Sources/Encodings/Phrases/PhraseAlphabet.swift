/// Which of an encoding's tokens make up its phrases, and which of them are notes.
struct PhraseAlphabet: Hashable, Sendable {
    /// How many tokens the encoding has.
    let words: Int
    /// Ids that strike notes: each instrument's by semitones from its lowest note.
    private let striking: [Range<Int>]
    /// Those, then ids that name notes without striking them, in the same order: what another key moves.
    private let pitched: [Range<Int>]
    /// Ids that come and go without the phrase becoming another, such as loudness.
    private let passedOver: [Range<Int>]

    init(
        words: Int, striking: [Range<Int>], releasing: [Range<Int>] = [],
        passedOver: [Range<Int>] = []
    ) {
        self.words = words
        self.striking = striking
        pitched = striking + releasing
        self.passedOver = passedOver
    }

    func isPassedOver(_ token: Int) -> Bool { passedOver.contains { $0.contains(token) } }

    /// The pitch that a token strikes, counted within its instrument's range.
    func struckPitch(by token: Int) -> Int? {
        striking.first { $0.contains(token) }.map { token - $0.lowerBound }
    }

    /// Far more than the words and than any distance of pitches.
    private static let noteSymbols = 1 << 20
    private static let zero = 1 << 10

    /// The token, or of a note its distance from a pitch.
    func symbol(for token: Int, above reference: Int) -> Int32 {
        guard let index = pitched.firstIndex(where: { $0.contains(token) }) else {
            return Int32(token)
        }
        let distance = token - pitched[index].lowerBound - reference
        return Int32((index + 1) * Self.noteSymbols + Self.zero + distance)
    }

    /// The token that has a symbol; nil where its note is outside the range.
    func token(for symbol: Int32, above reference: Int) -> Int? {
        let (index, rest) = Int(symbol).quotientAndRemainder(dividingBy: Self.noteSymbols)
        guard index > 0 else { return rest }
        let range = pitched[index - 1]
        let token = range.lowerBound + reference + rest - Self.zero
        return range.contains(token) ? token : nil
    }
}
