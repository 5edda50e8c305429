import Encodings
import Score
import Testing

/// What `extend`, `close` and `recent` promise, of every encoding that the tests know.
@Suite struct CuttingLawTests {
    @Test(arguments: EncodingCase.all)
    func closingKeepsTheNotesBeforeAndEndsThemThere(of law: EncodingCase) {
        let encoding = law.encoding
        let ticks = 480 / encoding.stepsPerQuarter
        for seed in 0..<4 {
            let tokens = encoding.encode(Music.any(seed: seed)).tokens
            let whole = encoding.music(of: tokens).notesByProgram
            for step in [0, 1, 7, 40, 100, 1000] {
                var closed = tokens
                encoding.close(&closed, atStep: step)
                #expect(encoding.steps(of: closed) == step)
                let end = Ticks(step * ticks)
                let expected = whole.mapValues { notes in
                    notes.filter { $0.onset < end }.map { $0.ending(by: end) }
                }.filter { !$0.value.isEmpty }
                let music = encoding.music(of: closed).notesByProgram
                #expect(music.mapValues { $0.map { $0.ending(by: end) } } == expected)
            }
        }
    }

    @Test(arguments: EncodingCase.all)
    func extendingAddsTimeAndNoNotes(of law: EncodingCase) {
        let encoding = law.encoding
        let tokens = encoding.encode(Music.any(seed: 1)).tokens
        let steps = encoding.steps(of: tokens)
        for more in [0, 1, 30, 500] {
            var longer = tokens
            encoding.extend(&longer, toStep: steps + more)
            #expect(encoding.steps(of: longer) == steps + more)
            #expect(encoding.music(of: longer) == encoding.music(of: tokens))
        }
    }

    /// The notes that begin within the last tokens are there, at their place in their bar; where a text
    /// tells no meter, in bars of three quarters and of four.
    @Test(arguments: EncodingCase.all)
    func recentTokensKeepTheirNotesAndTheirPlaceInTheBar(of law: EncodingCase) {
        let encoding = law.encoding
        for seed in 0..<4 {
            var tokens = encoding.encode(Music.any(seed: seed)).tokens
            encoding.extend(&tokens, toStep: 20 * encoding.stepsPerQuarter)
            let all = encoding.music(of: tokens)
            #expect(encoding.recent(tokens, limit: tokens.count) == tokens)
            let recent = encoding.recent(tokens, limit: 30)
            let moved = encoding.steps(of: tokens) - encoding.steps(of: recent)
            let shift = moved * 480 / encoding.stepsPerQuarter
            var place = shift + firstOfLast(30, of: tokens, encoding)
            if encoding.neverHeld.contains(.meter) {
                #expect(moved % (12 * encoding.stepsPerQuarter) == 0)
            } else {
                let line = Ticks(shift)
                #expect(all.meterMap.barLine(atOrBefore: line, ticksPerQuarter: 480) == line)
                place =
                    encoding.steps(of: Array(tokens.dropLast(30))) * 480 / encoding.stepsPerQuarter
            }
            let begun = { (score: Score, shift: Int) in
                score.parts.flatMap { part in
                    part.notes.map { [part.program, $0.onset.count + shift, $0.pitch.number] }
                }.filter { $0[1] > place }
            }
            #expect(begun(encoding.music(of: recent), shift) == begun(all, 0))
        }
    }

    /// The tick within twelve quarters up to which notes may be struck anew.
    private func firstOfLast(_ count: Int, of tokens: [Int], _ encoding: any MusicEncoding) -> Int {
        let before = encoding.steps(of: Array(tokens.dropLast(count)))
        return before % (12 * encoding.stepsPerQuarter) * 480 / encoding.stepsPerQuarter
    }
}

extension Note {
    fileprivate func ending(by end: Ticks) -> Note {
        note(pitch.number, at: onset.count, for: (min(self.end, end) - onset).count)
    }
}
