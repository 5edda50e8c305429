import Networks
import PublishedBenchmarks
import Testing

@Suite struct BenchmarkContextTests {
    /// A text and its context, by name.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let context: any StreamContext
        let contexts: Int
        /// The text of a piece of so many steps.
        let tokens: @Sendable (_ steps: Int, _ seed: UInt64, _ shift: Int) -> [Int32]
    }

    static let cases = [
        Case(
            testDescription: "frames", context: FrameText.context(), contexts: FrameText.contexts,
            tokens: { FrameText.tokens(of: RandomMusic.frames($0, seed: $1), shift: $2) }),
        Case(
            testDescription: "chorales", context: ChoraleText.context(),
            contexts: ChoraleText.contexts,
            tokens: { ChoraleText.tokens(of: RandomMusic.chorale($0, seed: $1), shift: $2) }),
    ]

    private static func ids(_ tokens: [Int32], in context: inout any StreamContext) -> [[Int32]] {
        tokens.map { token in
            context.advance(Int(token))
            var ids: [Int32] = []
            context.appendIDs(to: &ids)
            return ids
        }
    }

    @Test(arguments: cases, [-5, 0, 6])
    func idsAreBelowTheirNumberAndNoneComesTwice(of text: Case, shift: Int) {
        var context = text.context
        let ids = Self.ids(text.tokens(150, 5, shift), in: &context)
        #expect(ids.joined().allSatisfy { (0..<Int32(text.contexts)).contains($0) })
        let isOfPitchClasses = ids.allSatisfy { $0.count - Set($0).count <= 8 }
        #expect(isOfPitchClasses, "pitch classes may come in several octaves, nothing else")
    }

    @Test(arguments: cases)
    func aStartMakesEverythingAsAtFirst(of text: Case) {
        var (used, fresh) = (text.context, text.context)
        _ = Self.ids(text.tokens(80, 1, 3), in: &used)
        let tokens = text.tokens(60, 2, -2)
        #expect(Self.ids(tokens, in: &used) == Self.ids(tokens, in: &fresh))
    }

    /// A step twice over is told apart from a new one, and so are keys.
    @Test(arguments: cases)
    func idsTellThePast(of text: Case) {
        var contexts = [text.context, text.context, text.context]
        let repeated = text.tokens(4, 9, 0) + text.tokens(4, 9, 0).dropFirst(2)
        let ids = [
            Self.ids(repeated, in: &contexts[0]), Self.ids(text.tokens(8, 10, 0), in: &contexts[1]),
            Self.ids(text.tokens(8, 10, 1), in: &contexts[2]),
        ]
        #expect(Set(ids.compactMap(\.last)).count == 3)
    }
}
