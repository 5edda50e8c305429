import Clara
import Encodings
import Foundation
import Testing

@Suite struct DuplicateGroupsTests {
    /// `duplicates.csv` lists groups of files that begin alike, found by other means.
    @Test(.enabled(if: SharedData.folder != nil, "needs ../shared/data"))
    func knownDuplicatesInThePianoMusicAreFound() throws {
        let data = try #require(SharedData.folder)
        let corpus = try Corpus(
            [data + "/piano"], encoding: NotewiseEncoding(range: .keys88))
        let groups = DuplicateGroups(corpus.pieces, encoding: corpus.encoding).representatives
        var places: [String: Int] = [:]
        for (index, piece) in corpus.pieces.enumerated() {
            places[String(piece.path.dropFirst(data.count + "/piano/".count))] = index
        }
        var known: [String: Set<Int>] = [:]
        let table = try String(contentsOfFile: data + "/duplicates.csv", encoding: .utf8)
        for line in table.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 1)
            if let place = places[String(fields[1])] { known[String(fields[0]), default: []].insert(place) }
        }
        let pairs = known.values.filter { $0.count > 1 }
        let found = pairs.count { Set($0.map { groups[$0] }).count == 1 }
        for p in pairs where Set(p.map { groups[$0] }).count > 1 { print(p.map { corpus.pieces[$0].path.suffix(90) }) }
        var sizes: [Int: [Int]] = [:]
        for (i, g) in groups.enumerated() { sizes[g, default: []].append(i) }
        for (_, g) in sizes where g.count > 1 { print("GROUP", g.count, g.prefix(4).map { corpus.pieces[$0].path.suffix(70) }) }
        print("known", pairs.count, "found", found)
        #expect(found * 10 >= pairs.count * 9)
    }
}
