import Clara
import Encodings
import Originality
import Testing

/// Continuing without copying, with networks of random weights: what such a network writes is put into
/// an index, so that writing it again would be a copy.
@Suite struct OriginalTakesTests {
    private let prompt = GeneratedPieces.score(seed: 5, quarters: 16)

    private func takes(
        _ model: ModelBundle, keepingFrom original: OriginalitySource?, newOnly: Bool = false,
        method: ContinuationSettings.Method? = nil
    ) throws -> [Take] {
        let settings = try ContinuationSettings(
            length: .bars(16), takes: 2, method: method ?? .sampling(.plain, seed: 1))
        return try Continuation(
            of: prompt, named: "prompt", by: model, settings: settings, original: original
        ).takes(newOnly: newOnly)
    }

    private func source(_ takes: [Take]) -> OriginalitySource {
        let pieces = takes.enumerated().map { number, take in
            IndexedPiece(take.score, named: .init(file: "take-\(number).mid"))
        }
        return OriginalitySource(OriginalityIndex(pieces), names: ["takes"])
    }

    /// The longest exact run of new music.
    private func longest(_ take: Take, in source: OriginalitySource) -> Int {
        let new = ChordSequence(of: take.score)
        return RunSearch(new, in: source.table).exactRuns(atMost: 1).first?.length ?? 0
    }

    @Test("A take copies no run longer than a phrase", arguments: StruckPitchesTests.encodings)
    func takesCopyNoMoreThanAPhrase(name: String) throws {
        let encoding = try #require(EncodingName(name)).encoding(for: [prompt])
        let model = try RandomModel.make(encoding)
        let copies = try takes(model, keepingFrom: nil, newOnly: true)
        let source = source(copies)
        for take in copies { try #require(longest(take, in: source) > CopiedRun.phrase) }
        for take in try takes(model, keepingFrom: source, newOnly: true) {
            #expect(longest(take, in: source) <= CopiedRun.phrase)
            #expect(take.copies?.exact.map { $0.length > CopiedRun.phrase / 2 } == true)
            #expect(take.score.texts.contains { $0.contains("\"original\":true") })
        }
    }

    @Test func beamsCopyNoMoreThanAPhrase() throws {
        let model = try RandomModel.make()
        let search = ContinuationSettings.Method.beams(
            try BeamSettings(repetition: RepetitionSettings(noRepeat: 12)))
        let source = source(try takes(model, keepingFrom: nil, newOnly: true, method: search))
        for take in try takes(model, keepingFrom: source, newOnly: true, method: search) {
            #expect(longest(take, in: source) <= CopiedRun.phrase)
        }
    }

    @Test func whatIsNoCopyStaysAsItWas() throws {
        let model = try RandomModel.make()
        let other = IndexedPiece(GeneratedPieces.score(seed: 9), named: .init(file: "other.mid"))
        let source = OriginalitySource(OriginalityIndex([other]), names: [])
        let plain = try takes(model, keepingFrom: nil)
        let kept = try takes(model, keepingFrom: source)
        #expect(kept.map(\.score.parts) == plain.map(\.score.parts))
        #expect(plain.allSatisfy { $0.copies == nil } && kept.allSatisfy { $0.copies != nil })
    }

    @Test func thePromptIsNoCopyOfTheTakes() throws {
        let model = try RandomModel.make()
        let own = OriginalitySource(
            OriginalityIndex([IndexedPiece(prompt, named: .init(file: "prompt.mid"))]), names: [])
        for take in try takes(model, keepingFrom: own) {
            #expect(longest(take, in: own) > CopiedRun.phrase)
            #expect((take.copies?.exact?.length ?? 0) <= CopiedRun.phrase)
        }
    }
}
