import Encodings
import Testing

@Suite struct StyledEncodingTests {
    private let base = BarwiseEncoding(NoteGrid())
    private let encoding = StyledEncoding(BarwiseEncoding(NoteGrid()), styles: ["bach", "jazz"])

    @Test func stylesAreWordsAfterTheEncodingsOwn() throws {
        #expect(
            encoding.vocabulary.words == base.vocabulary.words + ["<style-bach>", "<style-jazz>"])
        #expect(encoding.styleToken("jazz") == base.vocabulary.count + 1)
        #expect(encoding.styleToken("chopin") == nil)
        #expect((base as any MusicEncoding).styles.isEmpty)
    }

    @Test func aModelsWordsTellTheStyles() throws {
        let name = try #require(EncodingName(encoding.identifier))
        let read = try #require(name.encoding(words: encoding.vocabulary.words))
        #expect(read.styles == ["bach", "jazz"])
        #expect(name.encoding(words: base.vocabulary.words)?.styles == [])
        #expect(name.encoding(words: encoding.vocabulary.words + ["<style-bach>"]) == nil)
    }

    @Test func aStyleIsToldUntilThePieceEnds() throws {
        var context = try #require(encoding.context())
        let jazz = try #require(encoding.styleToken("jazz"))
        let first = context.count - 3
        #expect(context.ids.last == Int32(first + 2), "none at first")
        context.advance(Vocabulary.pieceStart)
        context.advance(jazz)
        for token in try encoding.tokens(fromText: "bar meter-3/4 pos0 vel16 p20") {
            context.advance(token)
            #expect(context.ids.last == Int32(first + 1))
        }
        context.advance(Vocabulary.pieceStart)
        #expect(context.ids.last == Int32(first + 2))
    }

    @Test func aStyleIsNeverAllowedAndMeansNothingInAText() throws {
        let grammar = encoding.grammar(GrammarRules(allowsPieceEnd: true))
        #expect(encoding.styleTokens.allSatisfy { !grammar.allows($0) })
        let text = try encoding.tokens(
            fromText: "bar meter-3/4 pos0 vel16 p20 len12 pos12 p25 len6")
        let mixed = text.flatMap { [encoding.styleTokens.lowerBound, $0] }
        let scores = [text, mixed].map {
            encoding.decode($0, ticksPerQuarter: 480, rule: .unlimited).score
        }
        #expect(scores[0] == scores[1])
        #expect(encoding.noteCount(of: mixed) == 2)
    }
}
