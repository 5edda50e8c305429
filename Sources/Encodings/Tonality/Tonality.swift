import Score

/// Which key holds and which pitch classes are in use, as a context tells them, judged by what was struck.
///
/// Numbered, in this order, the first two as references (`tonicCount`):
/// - the tonic as a note near the middle of the range, if the key is major, or that it is not;
/// - the same if the key is minor;
/// - for each instrument the degree of the note that it struck last, from the tonic up by semitones in major and
///   then in minor, or that there is none;
/// - for each pitch class that is in use, C first, how frequent it is, by a short memory and by a long one.
struct Tonality: Hashable, Sendable {
    private static let modes = 2
    private static let pitchClasses = 12
    /// A chord or two, and some bars; in strikes.
    private static let halfLives = [16.0, 64.0]
    /// What the key that holds is ahead of others, as a correlation.
    private static let inertia: Float = 0.05
    /// What is struck before there is a key.
    private static let fewest: Float = 3

    /// How many pitches an instrument has.
    private let notes: Int
    /// The pitch class of its lowest.
    private let lowest: Int
    private var counts = halfLives.map { PitchClassCounts(halfLife: $0) }
    /// As `KeyProfiles` number them; −1 before there is one.
    private var key = -1
    /// The pitch class that each instrument struck last; −1 before it has.
    private var latest: [Int]

    init(grid: NoteGrid) {
        notes = grid.range.count
        lowest = grid.range.lowest % Self.pitchClasses
        latest = Array(repeating: -1, count: grid.ensemble.instruments.count)
    }

    /// How many notes there are among the ids that say what the tonic is.
    static let tonicCount = modes

    /// How many ids say what the tonic is.
    var tonicIDs: Int { Self.modes * (notes + 1) }

    /// How many ids there are besides those.
    var count: Int {
        firstFrequency + counts.count * Self.pitchClasses * PitchClassCounts.frequencies
    }

    private var firstFrequency: Int { latest.count * (KeyProfiles.count + 1) }

    /// - Parameters:
    ///   - firstToken: the id of the token that strikes the lowest cell; the others' follow.
    ///   - firstID: how many ids the context has before those besides the tonic.
    func frequencies(firstToken: Int, firstID: Int) -> PitchClassFrequencies {
        PitchClassFrequencies(
            firstToken: firstToken, notes: notes, instruments: latest.count, lowest: lowest,
            firstID: firstID + firstFrequency, frequencies: PitchClassCounts.frequencies,
            memories: counts.count)
    }

    mutating func reset() {
        for index in counts.indices { counts[index].reset() }
        for index in latest.indices { latest[index] = -1 }
        key = -1
    }

    mutating func strike(_ cell: Int) {
        let pitchClass = (lowest + cell % notes) % Self.pitchClasses
        latest[cell / notes] = pitchClass
        for index in counts.indices { counts[index].strike(pitchClass) }
        let longest = counts[counts.count - 1]
        guard key >= 0 || longest.sum > Self.fewest else { return }
        let present = key
        key = KeyProfiles.likeliest(for: longest.weights) { $0 == present ? Self.inertia : 0 }
    }

    /// Appends the ids that say what the tonic is.
    func appendTonic(in block: inout IDBlock, to ids: inout [Int32]) {
        for mode in 0..<Self.modes {
            let holds = key >= 0 && key / Self.pitchClasses == mode
            block.append(holds ? tonicNote : -1, to: &ids, of: notes)
        }
    }

    /// Appends the others.
    func appendIDs(in block: inout IDBlock, to ids: inout [Int32]) {
        for pitchClass in latest {
            let degree = pitchClass < 0 || key < 0 ? -1 : degree(of: pitchClass)
            block.append(degree, to: &ids, of: KeyProfiles.count)
        }
        for counts in counts {
            for pitchClass in 0..<Self.pitchClasses {
                block.appendIfAny(
                    counts.frequency(of: pitchClass), to: &ids, of: PitchClassCounts.frequencies)
            }
        }
    }

    /// Counted within the range.
    private var tonicNote: Int {
        let middle = notes / 2 - Self.pitchClasses / 2
        return middle + (key + 2 * Self.pitchClasses - lowest - middle % Self.pitchClasses)
            % Self.pitchClasses
    }

    private func degree(of pitchClass: Int) -> Int {
        key / Self.pitchClasses * Self.pitchClasses
            + (pitchClass + Self.pitchClasses - key % Self.pitchClasses) % Self.pitchClasses
    }
}
