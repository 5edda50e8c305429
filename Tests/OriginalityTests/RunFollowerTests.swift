import Originality
import Score
import Testing

/// Music that is followed while it is written.
@Suite struct RunFollowerTests {
    private let source = Music(chords: 200, seed: 1)
    private let table: PassageTable

    init() { table = OriginalityTests.table(source) }

    private func bits(_ pitches: [Int]) -> UInt128 {
        pitches.reduce(0) { $0 | 1 << UInt128($1) }
    }

    /// Writes the music note by note, and leaves out what is too much.
    private func written(_ music: Music, limit: Int) -> Music {
        var follower = RunFollower(table, limit: limit)
        var written = Music()
        for chord in music.chords {
            follower.reach(chord.step)
            var kept: [Int] = []
            for pitch in Set(chord.pitches).sorted() {
                guard !follower.isTooMuch(bits([pitch]), at: chord.step) else { continue }
                follower.add(bits([pitch]), at: chord.step)
                kept.append(pitch)
            }
            if !kept.isEmpty { written.chords.append((chord.step, kept)) }
        }
        return written
    }

    @Test("No run gets longer than allowed", arguments: [24, 40, 64]) func limitHolds(limit: Int) {
        for shift in [0, 5] {
            let written = written(source.moved(by: shift), limit: limit)
            let longest = RunSearch(written.sequence, in: table).exactRuns(atMost: 1).first
            #expect(longest.map { $0.length <= limit && $0.length > limit - 5 } == true)
            #expect(written.notes > source.notes * 3 / 4)
        }
    }

    @Test func otherMusicIsLeftAlone() {
        let other = Music(chords: 200, seed: 77)
        #expect(written(other, limit: 24).score == other.score.merged)
        #expect(written(source, limit: 10_000).score == source.score.merged)
    }

    @Test func aLoopIsNoCopy() {
        var loop = Music()
        for chord in 0..<100 { loop.chords.append((chord * 3, [60 + 4 * (chord % 3)])) }
        let table = OriginalityTests.table(loop)
        var follower = RunFollower(table, limit: 12)
        for chord in loop.chords {
            #expect(!follower.isTooMuch(bits(chord.pitches), at: chord.step))
            follower.add(bits(chord.pitches), at: chord.step)
        }
    }
}

extension Score {
    /// Each note once.
    fileprivate var merged: Score {
        Score(parts: parts.map { Part(notes: Array(Set($0.notes))) })
    }
}
