import Networks
import Tensors
import Testing

@Suite struct TransformerInferenceStateTests {
    typealias Example = TransformerInferenceExample

    /// Bit for bit: a take is the same however many share its batch, and whatever they read.
    @Test(arguments: WeightPrecision.allCases)
    func aStreamDoesNotDependOnItsCompany(precision: WeightPrecision) throws {
        for example in Example.all {
            try example.withModel(precision) { model, _ in
                let streams = (0..<5).map {
                    Example.tokens(70 + $0, seed: 20 + UInt64($0)) + Example.tokens(30, seed: 7)
                }
                let alone = streams.map { Example.logits(model, after: $0) }
                for count in [1, 2, 5] {
                    var state = model.initialState(streams: count)
                    var logits: [Float] = []
                    for step in 0..<100 {
                        let tokens = streams[..<count].map { $0[step] }
                        model.step(tokens, state: &state, logits: &logits)
                        #expect(logits == alone[..<count].flatMap { $0[step] })
                    }
                }
            }
        }
    }

    @Test(arguments: WeightPrecision.allCases)
    func theNumberOfThreadsMakesNoDifference(precision: WeightPrecision) throws {
        let example = Example(
            embedding: 192, heads: 6, layers: 2, feedForward: 500, window: 80, contexts: 0)
        let (prompt, rest) = (Example.tokens(150, seed: 1), Example.tokens(40, seed: 2).dropFirst())
        var results: [[Float]] = []
        for threads in [1, 2, 3] {
            try example.withModel(precision, threads: threads) { model, _ in
                var one = model.initialState(streams: 1)
                var logits: [Float] = []
                model.read(prompt, state: &one, logits: &logits)
                results.append(logits)
                var batch = model.fork(one, streams: 3)
                for token in rest {
                    model.step([token, 3, 4], state: &batch, logits: &logits)
                }
                results.append(logits)
            }
        }
        #expect(results[0] == results[2] && results[0] == results[4])
        #expect(results[1] == results[3] && results[1] == results[5])
    }

    /// Through the ring's whole round: shared blocks give way to the streams' own one by one.
    @Test(arguments: Example.all)
    func forkedStreamsGoTheirOwnWaysFromThePrompt(example: Example) throws {
        try example.withModel { model, _ in
            let prompt = Example.tokens(100, seed: 3)
            var logits: [Float] = []
            var first = Example.state(model, after: prompt)
            var batch = model.fork(first, streams: 3)
            #expect(batch.streams == 3)
            let ways = (0..<3).map { Array(Example.tokens(260, seed: 30 + $0).dropFirst()) }
            let expected = ways.map { Example.logits(model, after: prompt + $0).suffix(259) }
            for step in 0..<259 {
                model.step(ways.map { $0[step] }, state: &batch, logits: &logits)
                #expect(logits == expected.flatMap { $0[$0.startIndex + step] })
            }
            // What was forked stays where it was.
            model.step([11], state: &first, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + [11]).last)
        }
    }

    @Test(arguments: Example.all)
    func selectionKeepsReordersAndRepeatsStreams(example: Example) throws {
        try example.withModel { model, _ in
            var histories = (0..<4).map { Example.tokens(61, seed: 40 + $0) }
            var state = model.initialState(streams: 4)
            var logits: [Float] = []
            for step in 0..<61 {
                model.step(histories.map { $0[step] }, state: &state, logits: &logits)
            }
            var generator = SeededGenerator(seed: 50)
            for _ in 0..<30 {
                let chosen = (0..<4).map { _ in
                    histories.indices.randomElement(using: &generator) ?? 0
                }
                let tokens = chosen.map { _ in Int.random(in: 1..<20, using: &generator) }
                state = model.select(chosen, from: state)
                histories = zip(chosen, tokens).map { histories[$0] + [$1] }
                model.step(tokens, state: &state, logits: &logits)
            }
            let expected = histories.flatMap { Example.logits(model, after: $0).last ?? [] }
            #expect(logits == expected)
        }
    }

    /// Batches whose streams have read more and less.
    @Test(arguments: Example.all)
    func batchesAreJoined(example: Example) throws {
        try example.withModel { model, _ in
            let (prompt, pair) = (Example.tokens(61, seed: 70), [[3, 5], [4, 6]])
            var logits: [Float] = []
            var one = Example.state(model, after: prompt)
            var two = model.initialState(streams: 2)
            for step in 0..<2 { model.step(pair.map { $0[step] }, state: &two, logits: &logits) }
            var joined = model.join([one, two])
            #expect(joined.streams == 3)
            for _ in 0..<30 { model.step([7, 8, 9], state: &joined, logits: &logits) }
            let more = Array(repeating: [7, 8, 9], count: 30)
            let expected = ([prompt] + pair).enumerated().flatMap { row, tokens in
                Example.logits(model, after: tokens + more.map { $0[row] }).last ?? []
            }
            #expect(logits == expected)
            // What was joined stays where it was.
            model.step([11], state: &one, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + [11]).last)
        }
    }

    @Test func aCopiedStateIsAFork() throws {
        try Example.all[3].withModel { model, _ in
            let prompt = Example.tokens(70, seed: 60)
            var logits: [Float] = []
            var one = Example.state(model, after: prompt)
            var other = one
            model.step([2], state: &one, logits: &logits)
            model.step([3], state: &other, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + [3]).last)
            model.step([4], state: &one, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + [2, 4]).last)
        }
    }

    /// A fork has blocks in reserve; its copies may not write into the same ones.
    @Test func aCopiedForkIsAFork() throws {
        try Example.all[3].withModel { model, _ in
            let prompt = Example.tokens(70, seed: 61)
            var logits: [Float] = []
            var one = model.fork(Example.state(model, after: prompt), streams: 1)
            var other = one
            let ways = (0..<2).map { Array(Example.tokens(200, seed: 62 + $0).dropFirst()) }
            for (a, b) in zip(ways[0], ways[1]) {
                model.step([a], state: &one, logits: &logits)
                model.step([b], state: &other, logits: &logits)
            }
            model.step([2], state: &one, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + ways[0] + [2]).last)
            model.step([3], state: &other, logits: &logits)
            #expect(logits == Example.logits(model, after: prompt + ways[1] + [3]).last)
        }
    }

    @Test func decodersOnSeveralThreadsShareOneModel() async throws {
        let example = Example(
            embedding: 192, heads: 6, layers: 2, feedForward: 500, window: 80, contexts: 0)
        var shared: TransformerInference?
        try example.withModel(.int8, threads: 2) { model, _ in shared = model }
        let model = try #require(shared)
        let expected = (0..<4).map {
            Example.logits(model, after: Example.tokens(120, seed: $0)).last
        }
        await withTaskGroup(of: (Int, [Float]?).self) { group in
            for number in 0..<4 {
                group.addTask {
                    let tokens = Example.tokens(120, seed: UInt64(number))
                    return (number, Example.logits(model, after: tokens).last)
                }
            }
            for await (number, logits) in group { #expect(logits == expected[number]) }
        }
    }
}
