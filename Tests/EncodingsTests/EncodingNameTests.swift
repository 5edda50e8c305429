import Encodings
import Score
import Testing

@Suite struct EncodingNameTests {
    @Test(arguments: [
        "notewise-62-12", "notewise-duet-38-4", "notewise-strictduet-88-12", "chordwise-62-4",
        "chordwise-duet-88-12", "chordwise-held-62-12", "chordwise-held-duet-38-12",
    ])
    func anEncodingHasTheNameThatNamesIt(text: String) throws {
        let name = try #require(EncodingName(text))
        let encoding = name.encoding(for: [Music.middle(seed: 1)])
        #expect(encoding.identifier == text)
        let again = try #require(name.encoding(words: encoding.vocabulary.words))
        #expect(again.vocabulary == encoding.vocabulary)
        #expect(name.encoding(words: encoding.vocabulary.words.dropLast() + ["p"]) == nil)
    }

    @Test(arguments: ["", "notewise", "chordwise-62-5", "chordwise-61-12", "held-62-12", "x"])
    func whatIsNoEncodingHasNoName(text: String) { #expect(EncodingName(text) == nil) }

    @Test(arguments: ["chordwise-62-12", "chordwise-held-duet-62-12", "notewise-62-12"])
    func aTextAloneIsReadAsTheMusicThatItWas(text: String) throws {
        let name = try #require(EncodingName(text))
        let score = Music.any(seed: 3)
        let encoding = name.encoding(for: [score])
        let tokens = encoding.encode(score).tokens
        let written = encoding.text(for: tokens)
        let other = name.encoding(forText: written)
        let read = try other.tokens(fromText: written)
        #expect(other.text(for: read) == written)
        #expect(other.music(of: read) == encoding.music(of: tokens))
    }
}
