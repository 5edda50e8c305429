import Originality
import Score

/// SplitMix64 (Steele, Lea and Flood 2014), for seeded pieces.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Music as tests change it: what begins at which twelfth of a quarter.
struct Music {
    var chords: [(step: Int, pitches: [Int])] = []

    /// Chords of one to three notes at random, on eighths and sixteenths.
    init(chords count: Int, seed: UInt64) {
        var generator = Generator(state: seed)
        var step = 0
        for _ in 0..<count {
            let notes = Int.random(in: 1...3, using: &generator)
            chords.append((step, (0..<notes).map { _ in .random(in: 40...80, using: &generator) }))
            step += [3, 3, 6, 6, 12].randomElement(using: &generator) ?? 6
        }
    }

    init() {}

    /// These chords after the others, the first a quarter after the last one.
    mutating func append(_ others: Music) {
        let start = chords.last.map { $0.step + 12 } ?? 0
        let first = others.chords.first?.step ?? 0
        chords += others.chords.map { (start + $0.step - first, $0.pitches) }
    }

    func appending(_ others: Music) -> Music {
        var all = self
        all.append(others)
        return all
    }

    func part(_ range: Range<Int>) -> Music {
        var part = Music()
        part.chords = Array(chords[range])
        return part
    }

    func moved(by semitones: Int, timesSteps factor: Int = 1) -> Music {
        var moved = self
        moved.chords = chords.map { ($0.step * factor, $0.pitches.map { $0 + semitones }) }
        return moved
    }

    /// Different notes.
    var notes: Int { chords.reduce(0) { $0 + Set($1.pitches).count } }

    /// In 4/4, 120 quarters a minute, a step 40 ticks.
    var score: Score {
        Score(
            parts: [
                Part(
                    notes: chords.flatMap { chord in
                        chord.pitches.compactMap { number in
                            Pitch(number).map {
                                Note(
                                    pitch: $0, onset: Ticks(chord.step * 40), duration: Ticks(120))
                            }
                        }
                    })
            ])
    }

    var sequence: ChordSequence { ChordSequence(of: score) }
}

/// An index of some pieces, with one of the name `file` among them.
func table(_ music: Music, named file: String = "source.mid", others: Int = 12) -> PassageTable {
    var pieces = (0..<others).map {
        IndexedPiece(Music(chords: 300, seed: 900 + UInt64($0)).score, named: .init(file: "\($0)"))
    }
    pieces.insert(IndexedPiece(music.score, named: .init(file: file)), at: others / 2)
    return PassageTable(OriginalityIndex(pieces))
}
