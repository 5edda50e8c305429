import Clara
import Encodings
import Foundation
import TestSupport
import Testing

@Suite struct CorpusSplitTests {
    private let folder: TemporaryFolder
    private static let share = 0.3

    init() throws {
        folder = try TemporaryFolder()
        for seed in 1...30 {
            try folder.write(GeneratedPieces.bytes(seed: seed, quarters: 16), to: "p\(seed).mid")
        }
    }

    @Test func everyPieceIsOnOneSide() throws {
        let corpus = try corpus()
        let split = CorpusSplit(corpus, validationShare: Self.share)
        let sides = paths(split.training) + paths(split.validation)
        #expect(sides.count == 30)
        #expect(Set(sides) == Set(paths(corpus)))
        #expect((4...16).contains(split.validation.pieces.count))
        #expect(split.duplicateGroups == 0)
    }

    @Test func aGroupOfDuplicatesIsOnOneSide() throws {
        for seed in 1...15 {
            for key in [-4, 2, 5] {
                let bytes = GeneratedPieces.bytes(seed: seed, quarters: 16, transposed: key)
                try folder.write(bytes, to: "z\(seed) in \(key).mid")
            }
        }
        let split = CorpusSplit(try corpus(), validationShare: Self.share)
        #expect(split.duplicateGroups == 15)
        let held = Set(paths(split.validation))
        for seed in 1...15 {
            let group = ["p\(seed).mid"] + [-4, 2, 5].map { "z\(seed) in \($0).mid" }
            let count = group.count { held.contains($0) }
            #expect(count == 0 || count == group.count, "\(group)")
        }
    }

    @Test func piecesThatAreAddedMoveNoOther() throws {
        let before = CorpusSplit(try corpus(), validationShare: Self.share)
        for seed in 31...50 {
            let name = seed % 2 == 0 ? "a\(seed).mid" : "q\(seed).mid"
            try folder.write(GeneratedPieces.bytes(seed: seed, quarters: 16), to: name)
        }
        let after = CorpusSplit(try corpus(), validationShare: Self.share)
        #expect(Set(paths(before.validation)).isSubset(of: paths(after.validation)))
        #expect(Set(paths(before.training)).isSubset(of: paths(after.training)))
    }

    @Test(arguments: [0.001, 0.999])
    func bothSidesHaveAPiece(share: Double) throws {
        let split = CorpusSplit(try corpus(), validationShare: share)
        #expect(!split.training.pieces.isEmpty)
        #expect(!split.validation.pieces.isEmpty)
    }

    @Test func nothingIsHeldOutWhenNothingIsAskedFor() throws {
        let split = CorpusSplit(try corpus(), validationShare: 0)
        #expect(split.training.pieces.count == 30)
        #expect(split.validation.pieces.isEmpty)
    }

    private func corpus() throws -> Corpus {
        try Corpus([folder.path], encoding: NotewiseEncoding())
    }

    private func paths(_ corpus: Corpus) -> [String] {
        corpus.pieces.map { String($0.path.dropFirst(folder.path.count + 1)) }
    }
}
