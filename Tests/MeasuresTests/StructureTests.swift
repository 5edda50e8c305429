import Measures
import Score
import TestSupport
import Testing

struct StructureTests {
    /// Pairs of equal letters are alike, all others not.
    private static func matrix(_ letters: String) -> SelfSimilarity {
        let frames = Array(letters)
        return SelfSimilarity(
            size: frames.count, values: frames.flatMap { a in frames.map { a == $0 ? 1 : -2 } })
    }

    /// ABAB, the segment AB: two straight paths of score 2. Score (4 − 2) / 4, coverage (4 − 2) / 4.
    @Test func aSegmentThatComesTwiceIsAsFitAsByHand() {
        let fitness = SegmentFitness(in: Self.matrix("ABAB"))
        #expect(isClose(fitness.fitness(ofSegmentAt: 0, count: 2), 0.5))
        #expect(isClose(fitness.fitness(ofSegmentAt: 2, count: 2), 0.5))
        #expect(fitness.fitness(ofSegmentAt: 0, count: 4) == 0)
    }

    /// ABCDABXYAB, the segment AB: three paths. Score (6 − 2) / 6 = 2/3, coverage (6 − 2) / 10 = 2/5;
    /// the harmonic mean is 2 · 2/3 · 2/5 / (16/15) = 1/2.
    @Test func coverageIsAShareOfThePiece() {
        let fitness = SegmentFitness(in: Self.matrix("ABCDABXYAB"))
        #expect(isClose(fitness.fitness(ofSegmentAt: 0, count: 2), 0.5))
    }

    /// ABCD comes again at half the tempo, with something between: steps (2, 1) skip a frame each, so 4
    /// cells over 7 frames. Score (8 − 4) / 8, coverage (4 + 7 − 4) / 11.
    @Test func pathsMayGoSlower() {
        let fitness = SegmentFitness(in: Self.matrix("ABCDAXBYCZD"))
        let (score, coverage) = (0.5, 7.0 / 11)
        #expect(
            isClose(
                fitness.fitness(ofSegmentAt: 0, count: 4),
                2 * score * coverage / (score + coverage)))
    }

    /// Long enough for whole vectors of frames and some more.
    @Test func fitnessIsThatOfTheRecursionAsItIsWritten() {
        var dice = SplitMix(1)
        let size = 45
        var values = (0..<size * size).map { _ in
            Int.random(in: 0..<4, using: &dice) > 0 ? Double.random(in: 0...1, using: &dice) : -2
        }
        for frame in 0..<size { values[frame * size + frame] = 1 }
        let matrix = SelfSimilarity(size: size, values: values)
        let fitness = SegmentFitness(in: matrix)
        var fit = 0
        for (start, count) in [(0, 1), (3, 2), (44, 1), (7, 9), (0, 20), (11, 34), (0, 45)] {
            let found = fitness.fitness(ofSegmentAt: start, count: count)
            #expect(found == PlainFitness.fitness(in: matrix, ofSegmentAt: start, count: count))
            if found > 0 { fit += 1 }
        }
        #expect(fit >= 5)
    }

    @Test(arguments: ["ABCDEFGH", "A"])
    func whatNeverComesAgainIsNotFit(letters: String) {
        let fitness = SegmentFitness(in: Self.matrix(letters))
        for count in 1...letters.count {
            #expect(fitness.fitness(ofSegmentAt: 0, count: count) == 0)
        }
    }

    /// A C sounds for a second, then an F for half a second: of the first frame's window only itself and
    /// the next one are in the piece, both all C. The third frame's has two of C and one of F.
    @Test func chromaIsSmoothedOverTwoSeconds() throws {
        let excerpt = try Music.excerpt(
            [(60, 0, 1), (65, 1, 0.5)], quarters: 2, quartersPerMinute: 60)
        let frames = ChromaFrames(of: excerpt).frames
        #expect(frames.count == 4)
        #expect(isClose(frames[0][0], 1))
        #expect(isClose(frames[2][0], 2 / 5.0.squareRoot()))
        #expect(isClose(frames[2][5], 1 / 5.0.squareRoot()))
    }

    /// Eight different bars of two seconds, and the same eight again, or eight others.
    @Test func musicThatComesAgainHasMoreStructure() throws {
        let first = [60, 61, 62, 63, 64, 65, 66, 67]
        let others = [68, 69, 70, 71, 60, 66, 63, 69]
        func structure(_ pitches: [Int]) throws -> Structureness {
            Structureness(
                of: try Music.excerpt(
                    pitches.enumerated().map { ($1, 4 * Double($0), 4) }, quarters: 64))
        }
        let again = try structure(first + first)
        let new = try structure(first + others)
        #expect(again.long > 0.4)
        #expect(again.long > new.long + 0.2)
        #expect(again.middle > new.middle)
    }

    @Test func silenceAndShortMusicHaveNoStructure() throws {
        for notes in [[], [(60, 0.0, 1.0)]] {
            let structure = Structureness(of: try Music.excerpt(notes, quarters: 32))
            #expect(structure.long == 0)
        }
        let nothing = Structureness(of: try Music.excerpt([], quarters: 0))
        #expect([nothing.short, nothing.middle, nothing.long] == [0, 0, 0])
    }
}
