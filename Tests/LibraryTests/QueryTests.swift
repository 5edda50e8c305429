import Library
import Score
import TestSupport
import Testing

/// What queries find.
struct QueryTests {
    private static let names = [
        "Chopin, Fryderyk", "Chopin, Frederic", "Żeleński, Władysław", "Schönberg, Arnold",
        "Schoenberg, A.", "O’Brien, 100%", "",
    ]

    private func library(_ folder: TemporaryFolder) throws -> PieceLibrary {
        var table = "file,composer,title,style,licence\n"
        for (index, name) in Self.names.enumerated() {
            let licence = index == 0 ? "CC BY 4.0" : "CC BY-SA 4.0"
            let style = index < 2 ? "Salon" : ""
            table += "\(index).mid,\"\(name)\",Piece no. \(index),\(style),\(licence)\n"
            let meter = index == 3 ? Meter(3, 4) : nil
            try folder.write(
                Tunes.tune(
                    seed: index, program: index == 1 ? 40 : 0, meter: meter ?? .common,
                    tempo: index == 2 ? 1_000_000 : 500_000), to: "music/\(index).mid")
        }
        try folder.write(table, to: "music/metadata.csv")
        try folder.add()
        return try folder.library
    }

    private func found(_ edit: (inout PieceQuery) -> Void) throws -> Set<String> {
        let folder = try TemporaryFolder()
        var query = PieceQuery()
        edit(&query)
        let titles = try library(folder).pieces(query).map(\.title)
        return Set(titles.compactMap { $0.split(separator: " ").last.map(String.init) })
    }

    @Test(arguments: [
        ("chopin", ["0", "1"]), ("CHOP", ["0", "1"]), ("frederic chopin", ["1"]),
        ("zelenski", ["2"]), ("Żeleński", ["2"]), ("wladyslaw", ["2"]), ("schönberg", ["3", "4"]),
        ("Schoenberg", ["3", "4"]), ("obrien", ["5"]), ("opin", []), ("%", []), ("100%", ["5"]),
        ("'; DROP TABLE piece", []),
    ])
    func composersAreFoundHoweverSpelt(name: String, pieces: [String]) throws {
        #expect(try found { $0.composers = [name] } == Set(pieces))
    }

    @Test func ofSeveralValuesAnyWillDoAndAllThingsMustHold() throws {
        #expect(try found { $0.composers = ["chopin", "zelenski"] } == ["0", "1", "2"])
        let both = try found {
            $0.composers = ["chopin", "zelenski"]
            $0.styles = ["salon"]
            $0.instruments = ["violin"]
        }
        #expect(both == ["1"])
    }

    @Test func whatSaysNothingFindsAll() throws {
        #expect(try found { _ in }.count == Self.names.count)
    }

    @Test func licencesAreFoundByWholeWords() throws {
        #expect(try found { $0.licences = ["cc by"] } == ["0"])
        #expect(try found { $0.licences = ["CC BY-SA"] }.count == Self.names.count - 1)
    }

    @Test func metersAndLengthsAreFound() throws {
        #expect(try found { $0.meters = [Meter(3, 4)].compactMap(\.self) } == ["3"])
        #expect(try found { $0.seconds = 40...1000 } == ["2"])
        #expect(try found { $0.notes = 0...10 }.isEmpty)
    }

    @Test func placesAreFoundByWholeFolders() throws {
        let folder = try TemporaryFolder()
        for name in ["a_b/1.mid", "axb/2.mid", "a_b2/3.mid"] {
            try folder.write(Tunes.tune(seed: 1), to: name)
        }
        try folder.add()
        var query = PieceQuery()
        query.places = [PieceQuery.place(folder.file("a_b"))]
        #expect(try folder.library.pieces(query).map(\.title) == ["1"])
    }

    /// Keys that sound the same are the same.
    @Test(arguments: [
        ("Eb major", ["E♭ major"]), ("am", ["A minor"]), ("F# minor", ["F♯ minor"]),
        ("f♯ Minor", ["F♯ minor"]), ("C", ["C major", "C minor"]), ("a-minor", ["A minor"]),
        ("B", ["C♭ major", "B major", "B minor"]), ("CM", ["C major"]),
        ("bb", ["B♭ major", "B♭ minor", "A♯ minor"]),
    ])
    func keysAreUnderstood(text: String, names: [String]) throws {
        #expect(try #require(KeyQuery(text)).names == names)
    }

    @Test(arguments: ["", "H", "Q minor", "C majeur", "5"]) func whatIsNoKeyIsNone(text: String) {
        #expect(KeyQuery(text) == nil)
    }

    @Test func aModeAloneMeansAllItsKeys() throws {
        let minor = try #require(KeyQuery("minor"))
        #expect(minor.names.count == 15 && minor.names.allSatisfy { $0.hasSuffix("minor") })
    }
}
