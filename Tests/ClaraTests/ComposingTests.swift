import Clara
import Encodings
import Networks
import Testing

/// What holds for every piece from nothing, and for every style: networks of random weights will do.
@Suite struct ComposingTests {
    private func settings(
        bars: Int = 4, style: String? = nil, seed: Int = 1
    ) throws -> ContinuationSettings {
        try ContinuationSettings(
            length: .bars(bars), takes: 2, sampling: .plain, seed: seed, style: style)
    }

    private static let encodings: [any MusicEncoding] = [
        NotewiseEncoding(), BarwiseEncoding(NoteGrid()),
        StyledEncoding(BarwiseEncoding(NoteGrid()), styles: ["bach"]),
    ]

    @Test(arguments: encodings.indices)
    func aPieceFillsItsBarsInItsMeter(encoding: Int) throws {
        let model = try RandomModel.make(Self.encodings[encoding])
        let waltz = try #require(Meter(3, 4))
        let continuation = try Continuation(
            composingIn: waltz, tempo: Tempo(quartersPerMinute: 90), by: model,
            settings: settings())
        #expect(continuation.bars == 4)
        for take in try continuation.takes() {
            #expect(take.end == Ticks(4 * 3 * take.score.ticksPerQuarter))
            #expect(take.score.end <= take.end)
            #expect(take.score.meterMap.changes[0].meter == waltz)
            #expect(take.score.noteCount == take.notes && take.notes > 0)
            // Though barwise text has another word for it, up to 3 % off.
            #expect(take.score.tempoMap.changes[0].microsecondsPerQuarter == 666_667)
            let told = "\"meter\":\"3/4\""
            #expect(take.score.texts.contains { $0.contains(told) && $0.contains("\"tempo\":90") })
        }
    }

    /// Its text is in 4/4 then, the piece is not.
    @Test func aPieceIsInItsMeterThoughTheTextHasNoWordForIt() throws {
        let meter = try #require(Meter(33, 16))
        for take in try Continuation(
            composingIn: meter, by: RandomModel.make(Self.encodings[2]), settings: settings()
        ).takes() {
            #expect(take.score.meterMap.changes.map(\.meter) == [meter])
            #expect(take.end == Ticks(33 * take.score.ticksPerQuarter))
        }
    }

    @Test func aStyleChangesWhatIsWrittenAndIsKeptInTheTake() throws {
        let model = try RandomModel.make(
            StyledEncoding(BarwiseEncoding(NoteGrid()), styles: ["bach", "chopin"]))
        func notes(_ style: String?) throws -> [Note] {
            let takes = try Continuation(
                composingIn: .common, by: model, settings: settings(style: style)
            ).takes()
            if let style {
                #expect(takes[0].score.texts.contains { $0.contains("\"style\":\"\(style)\"") })
            }
            return takes[0].score.parts.flatMap(\.notes)
        }
        let (plain, bach, chopin) = try (notes(nil), notes("bach"), notes("chopin"))
        #expect(plain != bach && bach != chopin && plain != chopin)
        #expect(try notes("bach") == bach)
    }

    /// As people write names.
    @Test(arguments: ["Chopin", "CHOPIN", "Chopín", "Chopin, Frédéric", "Frédéric Chopin"])
    func aStyleIsTheSameInCapitalsAndWithAccents(name: String) throws {
        let model = try RandomModel.make(
            StyledEncoding(BarwiseEncoding(NoteGrid()), styles: ["bach", "chopin"]))
        func takes(_ style: String) throws -> [Take] {
            try Continuation(
                composingIn: .common, by: model, settings: settings(style: style)
            ).takes()
        }
        let (plain, capitals) = try (takes("chopin"), takes(name))
        // The take tells the style as the model calls it.
        #expect(capitals.map(\.score) == plain.map(\.score))
    }

    @Test func anUnknownStyleIsAnsweredWithThoseThereAre() throws {
        let styled = try RandomModel.make(
            StyledEncoding(NotewiseEncoding(), styles: ["bach", "chopin"]))
        #expect(
            throws: ContinuationError.unknownStyle(
                "jazz", model: styled.path, known: ["bach", "chopin"])
        ) {
            try Continuation(
                composingIn: .common, by: styled, settings: settings(style: "jazz"))
        }
        let plain = try RandomModel.make()
        #expect(throws: ContinuationError.unknownStyle("jazz", model: plain.path, known: [])) {
            try Continuation(composingIn: .common, by: plain, settings: settings(style: "jazz"))
        }
    }
}
