import Score

/// Chooses the names of pitches by what sounds around them.
///
/// After ps13 (Meredith, *The ps13 pitch spelling algorithm*, Journal of New Music Research 35,
/// 2006): each pitch class that sounds nearby speaks, as often as it sounds, for the name that a note
/// has in the chromatic scale on it: five fifths down to six up. The names of those tonics come from
/// the key, which also has a voice of its own.
struct PitchSpeller {
    private struct Place: Hashable {
        let start: Int
        let pitch: Pitch
    }

    /// How many notes before and after one are heard, itself among the latter.
    private static let before = 10
    private static let after = 42
    /// What a double sharp or flat costs, as a share of all votes.
    private static let double = 0.25

    private let names: [Place: Int]

    /// - Parameters:
    ///   - notes: of all parts, in order of onset.
    ///   - key: the key that holds at a time.
    init(_ notes: [TimedNote], key: (Int) -> KeySignature) {
        var names: [Place: Int] = [:]
        var counts = [Int](repeating: 0, count: 12)
        func count(_ index: Int, by change: Int) {
            guard notes.indices.contains(index) else { return }
            counts[notes[index].pitch.number % 12] += change
        }
        for index in 0..<Self.after { count(index, by: 1) }
        for (index, note) in notes.enumerated() {
            let place = Place(start: note.start, pitch: note.pitch)
            if names[place] == nil {
                names[place] = Self.name(of: note.pitch, counts, key(note.start))
            }
            count(index - Self.before, by: -1)
            count(index + Self.after, by: 1)
        }
        self.names = names
    }

    /// The name of a note that was among those given.
    func spelled(_ pitch: Pitch, at start: Int) -> SpelledPitch {
        let fifths = names[Place(start: start, pitch: pitch)]
        return SpelledPitch(pitch, fifths: fifths ?? Self.fifths(of: pitch.number % 12, from: -5))
    }

    private static func name(of pitch: Pitch, _ counts: [Int], _ key: KeySignature) -> Int {
        let tonic = key.mode == .major ? key.sharps : key.sharps + 3
        let voice = pitch.number % 12
        var votes: [Int: Double] = [:]
        for (tone, count) in counts.enumerated() where count > 0 {
            let centre = fifths(of: tone, from: lowestTonic(key))
            votes[fifths(of: voice, from: centre - 5), default: 0] += Double(count)
        }
        let all = Double(counts.reduce(0, +))
        votes[fifths(of: voice, from: tonic - 5), default: 0] += all / 8
        for name in votes.keys where abs(SpelledPitch(pitch, fifths: name).alter) > 1 {
            votes[name, default: 0] -= double * all
        }
        return votes.max { a, b in
            (a.value, -abs(a.key - tonic), a.key) < (b.value, -abs(b.key - tonic), b.key)
        }?.key ?? fifths(of: voice, from: tonic - 5)
    }

    /// The flattest name that a tonic nearby has: the key's fourth flat, in minor its second.
    private static func lowestTonic(_ key: KeySignature) -> Int {
        key.mode == .major ? key.sharps - 4 : key.sharps - 3
    }

    /// The one of the twelve names from `lowest` up that sounds as the pitch class.
    private static func fifths(of pitchClass: Int, from lowest: Int) -> Int {
        lowest + ((pitchClass * 7 - lowest) % 12 + 12) % 12
    }
}
