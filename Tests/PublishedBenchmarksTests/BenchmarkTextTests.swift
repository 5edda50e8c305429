import Networks
import PublishedBenchmarks
import Testing

@Suite struct BenchmarkTextTests {
    @Test(arguments: Transposition.shifts)
    func framesSurviveTheirText(shift: Int) {
        for seed in 1...5 {
            let piece = RandomMusic.frames(40, seed: UInt64(seed))
            let tokens = FrameText.tokens(of: piece, shift: shift)
            #expect(tokens.prefix(2) == [Transposition.start, Transposition.word(for: shift)])
            let frames = tokens.dropFirst(2).split(
                separator: Int32(FrameText.end), omittingEmptySubsequences: false)
            let lowest = FrameText.pitches.lowerBound - FrameText.firstPitch - shift
            #expect(frames.dropLast().map { $0.map { Int($0) + lowest } } == piece)
            #expect(frames.last?.isEmpty == true)
            #expect(tokens.allSatisfy { (0..<FrameText.vocabulary).contains(Int($0)) })
        }
    }

    @Test(arguments: Transposition.shifts)
    func choralesSurviveTheirText(shift: Int) {
        for seed in 1...5 {
            let piece = RandomMusic.chorale(40, seed: UInt64(seed))
            let tokens = ChoraleText.tokens(of: piece, shift: shift)
            #expect(tokens.prefix(2) == [Transposition.start, Transposition.word(for: shift)])
            let lowest = ChoraleText.pitches.lowerBound - ChoraleText.rest - 1 - shift
            let voices = tokens.dropFirst(2).map { token in
                token == ChoraleText.rest ? nil : Int(token) + lowest
            }
            #expect(voices == piece.flatMap { $0 })
            #expect(tokens.allSatisfy { (0..<ChoraleText.vocabulary).contains(Int($0)) })
        }
    }

    /// So −ln p of the tokens of a frame sums up to that of the set: whatever is allowed is a set's
    /// one spelling, and every set has one.
    @Test(arguments: [-5, 0, 6])
    func whatMayFollowInAFrameIsItsEndOrAHigherKeyOfThePiano(shift: Int) {
        let piece = RandomMusic.frames(30, seed: 3)
        let keys = FramePieces.pitches.map {
            Int(FrameText.tokens(of: [[$0]], shift: shift)[2])
        }
        var context = FrameText.context()
        var latest = -1
        for token in FrameText.tokens(of: piece, shift: shift) {
            context.advance(Int(token))
            latest = keys.contains(Int(token)) ? Int(token) : -1
            guard token > Transposition.words.upperBound - 1 || latest >= 0 else { continue }
            let expected = Set(keys.filter { $0 > latest } + [FrameText.end])
            #expect(allowed(by: context, of: FrameText.vocabulary) == expected)
        }
    }

    @Test(arguments: [-5, 0, 6])
    func whatMayFollowInAChoraleIsARestOrAPitchOfTheRange(shift: Int) {
        let pitches = ChoralePieces.pitches.map {
            Int(ChoraleText.tokens(of: [[$0, nil, nil, nil]], shift: shift)[2])
        }
        let rest = Int(ChoraleText.tokens(of: [[nil, nil, nil, nil]], shift: shift)[2])
        var context = ChoraleText.context()
        for token in ChoraleText.tokens(of: RandomMusic.chorale(9, seed: 3), shift: shift) {
            context.advance(Int(token))
            guard token > 0 else { continue }
            #expect(
                allowed(by: context, of: ChoraleText.vocabulary) == Set(pitches + [rest]))
        }
    }

    private func allowed(by context: any StreamContext, of vocabulary: Int) -> Set<Int> {
        withUnsafeTemporaryAllocation(of: Bool.self, capacity: vocabulary) { allowed in
            allowed.initialize(repeating: true)
            context.fillMask(allowed)
            return Set(allowed.indices.filter { allowed[$0] })
        }
    }

    @Test func variantsAreTheTwelveKeysAndTheFirstIsThePieceAsItStands() {
        let shifts = Transposition.allKeys
        #expect(shifts[0] == 0 && shifts.sorted() == Array(Transposition.shifts))
        let pieces = BenchmarkPieces(
            FrameText.self, [RandomMusic.frames(5, seed: 1)], shifts: shifts)
        #expect(pieces.variants == 12)
        #expect(pieces.tokens(ofPiece: 0, variant: 8)[1] == Transposition.word(for: -4))
        #expect(pieces.conditions.contains(pieces.tokens(ofPiece: 0, variant: 4)[1]))
        #expect(BenchmarkPieces(FrameText.self, []).variants == 1)
    }
}
