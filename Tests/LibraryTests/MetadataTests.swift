import Library
import MIDIFile
import Score
import TestSupport
import Testing

/// What a piece is said to be, by tables, folders and texts.
struct MetadataTests {
    private static let table = """
        \u{FEFF}midi,composer,set,title,opus,style,year,source,license,kind
        midi/a.mid,"[Chopin,Fryderyk]",Mazurkas,"No. 1, ""Vif"".",Op. 6,SALON,1832?,http://a.b,CC0,x
        ./midi/b.mid,Ludwig van Beethoven,,For_Elise,,,,,,
        """

    @Test func tablesOfOtherColumnsAreRead() throws {
        let folder = try TemporaryFolder()
        for (seed, name) in ["a", "b"].enumerated() {
            try folder.write(Tunes.tune(seed: seed), to: "x/midi/\(name).mid")
        }
        try folder.write(Self.table.replacing("\n", with: "\r\n"), to: "x/metadata.csv")
        try folder.add()
        let pieces = try folder.library.pieces()
        #expect(pieces.map(\.composer) == ["Beethoven, Ludwig van", "Chopin, Fryderyk"])
        #expect(pieces.map(\.title) == ["For Elise", "Mazurkas: No. 1, \"Vif\", Op. 6"])
        let mazurka = try #require(pieces.last)
        #expect(mazurka.style == "salon" && mazurka.year == 1832)
        #expect(mazurka.source == "http://a.b" && mazurka.licence == "CC0")
    }

    @Test func whatIsCollectedFromTheWebKeepsItsSource() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        try folder.write(
            "file,source,collected,title,licence\na.mid,https://x.org/a.mid,2026-01-01,Air,\n",
            to: "metadata.csv")
        try folder.add()
        let piece = try #require(try folder.library.pieces().first)
        #expect(piece.source == "https://x.org/a.mid" && piece.title == "Air")
        #expect(piece.licence == nil)
    }

    @Test(arguments: [
        ("Frederic Chopin", "Chopin, Frederic"), ("Chopin", "Chopin"), ("F. Chopin", "Chopin, F."),
        ("Chopin , Frédéric", "Chopin, Frédéric"), ("Anonim", "Anonim"),
        ("Guy de Maupassant", "Maupassant, Guy de"), ("traditional tune", "traditional tune"),
        ("arr. by X", "arr. by X"), ("", nil),
    ])
    func composersHaveOneForm(written: String, stored: String?) throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        try folder.write("file,composer\na.mid,\"\(written)\"\n", to: "metadata.csv")
        try folder.add()
        #expect(try folder.library.pieces().map(\.composer) == [stored])
    }

    @Test(arguments: [
        ("Burgmüller, Friedrich", "burgmuller"), ("burgmueller", "burgmuller"),
        ("Żeleński, Władysław", "zelenski"), ("Händel", "handel"), ("HAENDEL", "handel"),
        ("Schönberg", "schonberg"), ("Bräuer", "brauer"), ("Braeuer", "brauer"),
        ("Saint-Saëns, Camille", "saint-sans"), ("Saint-Saens", "saint-sans"),
        ("Bauerfeind", "bauerfeind"),
        ("Feuerbach", "feuerbach"), ("Messiaen", "messiaen"), ("Jacques", "jacques"),
        ("Ueberle", "uberle"), ("?", nil),
    ])
    func composersAreToldByOnePlainWord(name: String, word: String?) {
        #expect(Piece.composerWord(of: name) == word)
    }

    @Test(arguments: [
        ("jazz/Albeniz/x.mid", "Albéniz, Isaac", "jazz"),
        ("midi/bach_invention.mid", "Bach, Johann Sebastian", nil),
        ("Ragtime/x.mid", nil, "ragtime"), ("music/x.mid", nil, nil),
    ])
    func foldersTellComposerAndStyle(file: String, composer: String?, style: String?) throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: file)
        try folder.add()
        let piece = try #require(try folder.library.pieces().first)
        #expect(piece.composer == composer && piece.style == style)
    }

    /// Whatever a take's file is called; a table is still believed.
    @Test func takesAreClaras() throws {
        let folder = try TemporaryFolder()
        let take = Tunes.tune(seed: 1, texts: [#"Clara {"seed":1}"#])
        try folder.write(take, to: "Chopin/chopin-1.mid")
        try folder.add()
        #expect(try folder.library.pieces().map(\.composer) == ["Clara"])
        try folder.write("file,composer\nchopin-1.mid,Mine\n", to: "Chopin/metadata.csv")
        try folder.add()
        #expect(try folder.library.pieces().map(\.composer) == ["Mine"])
    }

    @Test func textsInTheFileTellWhatFoldersDoNot() throws {
        let folder = try TemporaryFolder()
        let texts = ["Copyright © 2001 by B. K.", "Isaac Albeniz", "see http://x.de/a now"]
        try folder.write(Tunes.tune(seed: 1, name: "Tango", texts: texts), to: "1.mid")
        try folder.add()
        let piece = try #require(try folder.library.pieces().first)
        #expect(piece.composer == "Albéniz, Isaac" && piece.title == "Tango")
        #expect(piece.licence == "Copyright © 2001 by B. K.")
        #expect(piece.source == "http://x.de/a")
    }

    @Test(arguments: [
        ("Brahms - Von ewiger Liebe", "Brahms - Von ewiger Liebe", "Brahms, Johannes"),
        ("\u{17B}al", "\u{17B}al", nil), ("Tempo Track", "a tune", nil), ("Track 1", "a tune", nil),
        (" ", "a tune", nil),
    ])
    func aLeadingTrackWithoutNotesNamesThePiece(
        name: String, title: String, composer: String?
    ) throws {
        let folder = try TemporaryFolder()
        let tune = MIDIFile.write(Tunes.tune(seed: 1))
        let tracks = try MIDIFile.readEvents(tune, named: "").file.tracks
        let meta = try #require(MetaEvent(type: 3, data: Array(name.utf8)[...]))
        let leading = EventTrack([TimedEvent(tick: .zero, event: .meta(meta))])
        let division = try #require(TimeDivision(ticksPerQuarter: 480))
        let file = EventFile(
            division: division, chunks: ([leading] + tracks).map { .track($0) })
        try folder.write(MIDIFile.write(file), to: "a_tune.mid")
        try folder.add()
        let piece = try #require(try folder.library.pieces().first)
        #expect(piece.title == title && piece.composer == composer)
    }

    @Test(arguments: [
        (
            "LICENSE.txt", "License: https://creativecommons.org/licenses/by/4.0 and so on",
            "CC BY 4.0"
        ),
        ("README.md", "https://creativecommons.org/licenses/by-sa/3.0/de/", "CC BY-SA 3.0 DE"),
        ("LICENSE", "The MIT License (MIT)", "MIT"), ("COPYING", "CC0 1.0 Universal", "CC0 1.0"),
        ("README.md", "some are CC BY 4.0, others CC0", nil), ("README.md", "no word of it", nil),
    ])
    func licencesBesideTheMusicAreKnown(name: String, text: String, licence: String?) throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "set/midi/a.mid")
        try folder.write(text, to: "set/\(name)")
        try folder.add()
        #expect(try folder.library.pieces().map(\.licence) == [licence])
    }

    @Test func aTableThatCannotBeReadIsNamed() throws {
        let folder = try TemporaryFolder()
        try folder.write(Tunes.tune(seed: 1), to: "a.mid")
        try folder.write("file,composer\n\"a.mid,never closed \"x\n", to: "metadata.csv")
        let outcome = try folder.add()
        #expect(outcome.added == 1)
        #expect(outcome.unreadableTables.count == 1)
    }
}
