import Originality
import Score
import Testing

/// Indexes as files.
@Suite struct IndexBytesTests {
    private let index: OriginalityIndex

    init() {
        let upbeat = MeterMap([
            .init(tick: .zero, meter: .common), .init(tick: Ticks(480), meter: .common),
        ])
        var score = Music(chords: 90, seed: 5).score
        score.meterMap = upbeat
        index = OriginalityIndex(
            [
                IndexedPiece(Music(chords: 60, seed: 4).score, named: .init(file: "a/b.mid")),
                IndexedPiece(
                    score, named: .init(file: "č.mid", composer: "Żeleński", title: "Ü: 1")),
                IndexedPiece(Music().score, named: .init(file: "empty.mid")),
                IndexedPiece(Music(chords: 2, seed: 4).score, named: .init(file: "short.mid")),
            ], baseline: ChanceBaseline([(12, 300), (0, 14), (9, 9)]))
    }

    @Test func readsWhatItWrote() throws {
        #expect(try OriginalityIndex(bytes: index.bytes) == index)
        let bare = OriginalityIndex([])
        #expect(try OriginalityIndex(bytes: bare.bytes) == bare)
    }

    @Test func damagedBytesAreAnErrorAnywhere() {
        let bytes = index.bytes
        for count in bytes.indices {
            #expect(throws: OriginalityIndexError.self) {
                try OriginalityIndex(bytes: Array(bytes[..<count]))
            }
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(throws: OriginalityIndexError.self) { try OriginalityIndex(bytes: changed) }
        }
        #expect(throws: OriginalityIndexError.self) { try OriginalityIndex(bytes: bytes + [0]) }
    }

    @Test func errorsSayWhatIsWrong() {
        func text(_ bytes: [UInt8]) -> String? {
            do {
                _ = try OriginalityIndex(bytes: bytes)
                return nil
            } catch { return "\(error)" }
        }
        let bytes = index.bytes
        #expect(text(Array("MThd".utf8)) == "it is no index of Clara's")
        #expect(text(bytes.dropLast()) == "it is damaged at byte 38")
        let other = Array("Clara originality 7\n".utf8)
        #expect(text(other)?.contains("version “7”") == true)
    }

    @Test func aCopyIsKnownByAnIndexThatWasRead() throws {
        let table = PassageTable(try OriginalityIndex(bytes: index.bytes))
        let runs = RunSearch(Music(chords: 90, seed: 5).sequence, in: table).exactRuns(atMost: 10)
        #expect(runs.map(\.chords) == [0..<90])
        #expect(runs.map(\.sourceBar) == [0])
    }

    @Test func sizeIsSomeBytesAChord() {
        let music = Music(chords: 3_000, seed: 6)
        let bytes = OriginalityIndex([IndexedPiece(music.score, named: .init(file: "a.mid"))]).bytes
        #expect(bytes.count < 3 * 3_000)
    }

    @Test func shareOfABaselineIsItsLength() {
        let lengths = [0, 9, 12, 20, 50]
        #expect(ChanceBaseline.length(0.5, of: lengths) == 12)
        #expect(ChanceBaseline.length(0.95, of: lengths) == 50)
        #expect(ChanceBaseline.length(0, of: lengths) == 0)
    }
}
