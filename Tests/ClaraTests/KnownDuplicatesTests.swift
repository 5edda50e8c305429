import Clara
import Encodings
import Foundation
import Similarity
import TestSupport
import Testing

@Suite struct KnownDuplicatesTests {
    @Test func theSameMusicInAnotherKeyIsADuplicate() throws {
        let folder = try TemporaryFolder()
        try folder.write(GeneratedPieces.bytes(seed: 1), to: "a.mid")
        try folder.write(GeneratedPieces.bytes(seed: 2), to: "b.mid")
        try folder.write(GeneratedPieces.bytes(seed: 1, transposed: 3), to: "c.mid")
        let corpus = try Corpus([folder.path], encoding: NotewiseEncoding())
        let groups = DuplicateGroups(corpus.pieces.map(\.fingerprint))
        #expect(groups.representatives == [0, 1, 0])
    }

    /// `duplicates.csv` lists groups of files that begin alike, found by other means.
    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
    func knownDuplicatesInThePianoMusicAreFound() throws {
        let data = try #require(SharedData.folder)
        let corpus = try Corpus([data + "/piano"], encoding: NotewiseEncoding(range: .keys88))
        let groups = DuplicateGroups(corpus.pieces.map(\.fingerprint)).representatives
        var places: [String: Int] = [:]
        for (index, piece) in corpus.pieces.enumerated() {
            places[String(piece.path.dropFirst(data.count + "/piano/".count))] = index
        }
        var known: [String: Set<Int>] = [:]
        let table = try String(contentsOfFile: data + "/duplicates.csv", encoding: .utf8)
        for line in table.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 1).map(String.init)
            if let place = places[fields[1]] { known[fields[0], default: []].insert(place) }
        }
        let several = known.values.filter { $0.count > 1 }
        let found = several.count { members in Set(members.map { groups[$0] }).count == 1 }
        #expect(several.count > 10)
        #expect(found == several.count, "\(found) of \(several.count) groups")
    }
}
