import Foundation
import Library
import SwiftCSV
import TestSupport
import Testing

/// A library of real music.
@Suite(.enabled(if: SharedData.folder != nil))
struct SharedMusicTests {
    private let data: String
    private let folder: TemporaryFolder

    init() throws {
        data = try #require(SharedData.folder)
        folder = try TemporaryFolder()
    }

    private func library(of paths: [String]) throws -> PieceLibrary {
        let library = try folder.library
        _ = try Addition(of: paths, to: library).run(at: TemporaryFolder.time)
        return library
    }

    /// The table names files of ASAP besides, which are not part of the data.
    @Test func theKnownDuplicatesAreFound() throws {
        let table = try CSV<Named>(url: URL(fileURLWithPath: data + "/duplicates.csv"))
        var groups: [String: [String]] = [:]
        for row in table.rows {
            guard let group = row["group"], let file = row["file"] else { continue }
            let places = ["piano", "duets", "jazz"].map { "\(data)/\($0)/\(file)" }
            let found = places.first { FileManager.default.fileExists(atPath: $0) }
            if let found { groups[group, default: []].append(PieceQuery.place(found)) }
        }
        let known = groups.values.filter { $0.count > 1 }
        #expect(known.count == 39)
        let library = try library(of: known.flatMap(\.self))
        let found = try library.duplicates(of: library.pieces()).map { Set($0.map(\.path)) }
        let missed = known.filter { group in !found.contains { $0.isSuperset(of: group) } }
        #expect(missed.isEmpty)
    }

    @Test func tablesAndLicencesAreReadAsTheyAre() throws {
        let parts = [
            "piano/chopin-first-editions/midi/001-1-BRZ.mid",
            "piano/piano-midi-de/midis/Albeniz/alb_esp1.mid",
            "jazz/jazz-wjd/midi/ArtPepper_Anthropology.mid",
            "duets/openscore-lieder/midi/Abbott-lc6583477.mid",
        ]
        let library = try library(of: parts.map { "\(data)/\($0)" })
        let pieces = Dictionary(
            uniqueKeysWithValues: try library.pieces().map { ($0.title, $0) })
        let rondo = try #require(pieces["Rondo, Op. 1"])
        #expect(rondo.composer == "Chopin, Fryderyk" && rondo.licence == "CC BY 4.0")
        #expect(pieces["Espana Opus 165 Prelude"]?.composer == "Albeniz")
        let anthropology = try #require(pieces["Anthropology"])
        #expect(anthropology.performer == "Art Pepper" && anthropology.style == "jazz, cool")
        #expect(anthropology.licence == "MIT" && anthropology.year == 1979)
        #expect(pieces["Just for Today"]?.licence == "CC0 1.0")
    }
}
