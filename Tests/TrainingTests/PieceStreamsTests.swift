import Foundation
import Networks
import Training
import Testing

@Suite struct PieceStreamsTests {
    private static let source = LabelledPieces(lengths: [1, 4, 2, 9, 3, 30, 7], variants: 12)

    /// Deals `epochs` epochs to one stream: (piece, variant) in order.
    private static func dealt(
        _ source: LabelledPieces, epochs: Int, seed: UInt64
    ) -> [(piece: Int, variant: Int)] {
        let tokens = epochs * source.lengths.reduce(source.count, +)
        var streams = PieceStreams(source, streams: 1, seed: seed)
        let inputs = streams.next(tokens).inputs
        return inputs.indices.dropLast().compactMap { index -> (piece: Int, variant: Int)? in
            guard inputs[index] == 0 else { return nil }
            let label = Int(inputs[index + 1]) - 1
            return (piece: label / source.variants, variant: label % source.variants)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyPieceIsDealtOnceAnEpoch(seed: UInt64) {
        let dealt = Self.dealt(Self.source, epochs: 5, seed: seed)
        #expect(dealt.count == 35)
        for epoch in 0..<5 {
            #expect(Set(dealt[7 * epoch..<7 * epoch + 7].map(\.piece)) == Set(0..<7))
        }
    }

    @Test func everyVariantIsDealtOnceInTwelveEpochs() {
        let dealt = Self.dealt(Self.source, epochs: 24, seed: 4)
        for half in [dealt.prefix(84), dealt.suffix(84)] {
            for piece in 0..<7 {
                let variants = half.filter { $0.piece == piece }.map(\.variant)
                #expect(variants.sorted() == Array(0..<12))
            }
        }
        #expect(Set(dealt[..<7].map(\.variant)).count > 1)
    }

    @Test func theOrderDiffersFromEpochToEpochAndSeedToSeed() {
        let orders = ([1, 2] as [UInt64]).flatMap { seed in
            let pieces = Self.dealt(Self.source, epochs: 2, seed: seed).map(\.piece)
            return [Array(pieces[..<7]), Array(pieces[7...])]
        }
        #expect(Set(orders).count == 4)
    }

    @Test(arguments: [(1, 1), (3, 2), (16, 5), (100, 3)])
    func targetsAreTheNextInputsAndNoneBeforeAStart(steps: Int, streams: Int) {
        var dealer = PieceStreams(Self.source, streams: streams, seed: 5)
        let windows = (0..<200 / steps + 2).map { _ in dealer.next(steps) }
        for stream in 0..<streams {
            func column(_ values: (TokenWindow) -> [Int32]) -> [Int32] {
                windows.flatMap { window in
                    (0..<steps).map { values(window)[$0 * streams + stream] }
                }
            }
            let (inputs, targets) = (column(\.inputs), column(\.targets))
            #expect(inputs.first == 0)
            for (target, following) in zip(targets, inputs.dropFirst()) {
                #expect(target == (following == 0 ? -1 : following))
            }
            // Pieces are whole: a start, then as many of one token as the piece has.
            for piece in inputs.split(separator: 0).dropLast() {
                let index = Int(piece.first ?? 0) - 1
                #expect(Set(piece).count == 1 && piece.count == Self.source.lengths[index / 12])
            }
        }
    }

    @Test func goingOnFromASavedPositionGivesTheSameWindows() throws {
        for context in [nil, PlaceContext()] {
            var source = Self.source
            source.context = context
            var straight = PieceStreams(source, streams: 3, seed: 6)
            for _ in 0..<60 {
                let saved = try JSONEncoder().encode(straight.position)
                var resumed = try #require(
                    PieceStreams(
                        source, streams: 3, seed: 6,
                        from: try JSONDecoder().decode(PieceStreams.Position.self, from: saved)))
                let expected = contents(straight.next(5))
                #expect(contents(resumed.next(5)) == expected)
                #expect(resumed.position == straight.position)
            }
            #expect(straight.epochs > 12)
        }
    }

    @Test func positionsThatCannotBeAreRefused() {
        let good = PieceStreams(Self.source, streams: 3, seed: 6).position
        func isAccepted(_ change: (inout PieceStreams.Position) -> Void) -> Bool {
            var position = good
            change(&position)
            return PieceStreams(Self.source, streams: 3, seed: 6, from: position) != nil
        }
        #expect(isAccepted { _ in })
        #expect(!isAccepted { $0.streams.removeLast() })
        #expect(!isAccepted { $0.streams[1].deal = -1 })
        #expect(!isAccepted { $0.streams[1].deal = 3 })
        #expect(!isAccepted { $0.streams[2].offset = -1 })
        #expect(!isAccepted { $0.streams[2].offset = 32 })
        #expect(!isAccepted { $0.dealt = -5 })
        #expect(!isAccepted { $0.dealt = .max })
    }

    @Test func contextsAndMasksStandAtTheirPlaces() {
        var source = Self.source
        source.context = PlaceContext()
        var dealer = PieceStreams(source, streams: 2, seed: 7)
        var places = [0, 0]
        for _ in 0..<20 {
            let window = dealer.next(7)
            #expect(window.contexts.starts == Array(0...14))
            for (row, input) in window.inputs.enumerated() {
                places[row % 2] = input == 0 ? 0 : places[row % 2] + 1
                #expect(window.contexts.ids[row] == Int32(places[row % 2] % 4))
                let allowed = window.allowed[row * 85..<(row + 1) * 85]
                #expect(allowed.first == (window.targets[row] < 0))
                #expect(allowed.dropFirst().allSatisfy { $0 })
            }
        }
    }

    /// A stream is cut otherwise by windows of other lengths, in the memory that was reserved for
    /// the longest.
    @Test func lengthsChangeWhereWindowsEndAndNothingElse() {
        var source = Self.source
        source.context = PlaceContext()
        var bases: Set<UnsafeRawPointer> = []
        func dealt(_ lengths: [Int]) -> [Int32] {
            var dealer = PieceStreams(source, streams: 1, seed: 8)
            var window = dealer.window(steps: 40)
            bases = []
            return lengths.flatMap { steps in
                dealer.next(steps, into: &window)
                #expect(window.inputs.count == steps && window.targets.count == steps)
                #expect(window.contexts.starts == Array(0...steps))
                #expect(window.allowed.count == steps * source.vocabulary)
                window.inputs.withUnsafeBytes {
                    bases.formUnion([$0.baseAddress].compactMap(\.self))
                }
                window.allowed.withUnsafeBytes {
                    bases.formUnion([$0.baseAddress].compactMap(\.self))
                }
                return window.inputs.indices.flatMap {
                    [window.inputs[$0], window.targets[$0], window.contexts.ids[$0]]
                }
            }
        }
        let varied = dealt([5, 17, 40, 1, 30, 27])
        #expect(bases.count == 2)
        #expect(varied == dealt(Array(repeating: 12, count: 10)))
    }
}
