/// Where notes stand among the tokens, and where contexts say how frequent each pitch class is: what a network
/// needs to want more or less of what is in use, in whatever key.
package struct PitchClassLayout: Hashable, Sendable, Codable {
    /// The token id of the first instrument's lowest note; its others follow, by semitones, then the next
    /// instrument's.
    package let firstNote: Int
    /// How many notes each instrument has.
    package let notes: Int
    package let instruments: Int
    /// The pitch class of the lowest note, 0 for C.
    package let lowest: Int
    /// The context id of the first pitch class, C, in the first class of frequency; its other classes follow, then
    /// the next pitch class's, then those of the next memory.
    package let firstFrequency: Int
    /// How many classes of frequency there are.
    package let frequencies: Int
    /// How many memories say how frequent each pitch class is.
    package let memories: Int

    package init(
        firstNote: Int, notes: Int, instruments: Int, lowest: Int, firstFrequency: Int,
        frequencies: Int, memories: Int
    ) {
        self.firstNote = firstNote
        self.notes = notes
        self.instruments = instruments
        self.lowest = lowest
        self.firstFrequency = firstFrequency
        self.frequencies = frequencies
        self.memories = memories
    }

    private static let pitchClasses = 12

    /// How many scores there are at a place: one for each class of frequency, for each instrument and memory.
    package var width: Int { memories * instruments * frequencies }

    /// Whether tokens and contexts of a network have room for it.
    package func fits(vocabulary: Int, contexts: Int) -> Bool {
        let sizes = [firstNote, notes, instruments, firstFrequency, frequencies, memories]
        guard sizes.allSatisfy({ (0...65_536).contains($0) }), notes > 0, instruments > 0,
            frequencies > 0, memories > 0, (0..<Self.pitchClasses).contains(lowest),
            width <= 65_536
        else { return false }
        return firstNote + instruments * notes <= vocabulary
            && firstFrequency + memories * Self.pitchClasses * frequencies <= contexts
    }

    /// Calls `body` for each note whose pitch class a place tells the frequency of: with where the frequency's score
    /// stands among the place's, and the note's token.
    package func forEachNote(
        _ contexts: some Sequence<Int32>, _ body: (_ score: Int, _ token: Int) -> Void
    ) {
        let ids = memories * Self.pitchClasses * frequencies
        for id in contexts {
            let place = Int(id) - firstFrequency
            guard (0..<ids).contains(place) else { continue }
            let (row, frequency) = place.quotientAndRemainder(dividingBy: frequencies)
            let (memory, pitchClass) = row.quotientAndRemainder(dividingBy: Self.pitchClasses)
            let first = (pitchClass + Self.pitchClasses - lowest) % Self.pitchClasses
            for instrument in 0..<instruments {
                let score = (memory * instruments + instrument) * frequencies + frequency
                for note in stride(from: first, to: notes, by: Self.pitchClasses) {
                    body(score, firstNote + instrument * notes + note)
                }
            }
        }
    }
}
