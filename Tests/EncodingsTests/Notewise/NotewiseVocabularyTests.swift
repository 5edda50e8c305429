import Encodings
import Score
import Testing

@Suite struct NotewiseVocabularyTests {
    @Test(arguments: [
        ("38-4", 2 + 38 + 38 + 9), ("38-12", 2 + 38 + 38 + 25), ("62-4", 2 + 62 + 62 + 9),
        ("62-12", 2 + 149), ("88-4", 2 + 88 + 88 + 9), ("88-12", 2 + 88 + 88 + 25),
    ])
    func eachEncodingHasItsVocabularySize(grid: String, words: Int) throws {
        let encoding = try #require(NotewiseEncoding(identifier: "notewise-\(grid)"))
        #expect(encoding.vocabulary.count == words)
    }

    @Test func wordsComeInTheDocumentedOrder() {
        let vocabulary = NotewiseEncoding().vocabulary
        #expect(vocabulary.words.prefix(3) == ["<start>", "<end>", "p0"])
        #expect(vocabulary[63] == "p61")
        #expect(vocabulary[64] == "endp0")
        #expect(vocabulary[125] == "endp61")
        #expect(vocabulary[126] == "wait1")
        #expect(vocabulary[150] == "wait25")
        #expect(vocabulary.id(of: "<start>") == Vocabulary.pieceStart)
        #expect(vocabulary.id(of: "<end>") == Vocabulary.pieceEnd)
    }

    @Test(arguments: everyEncoding)
    func idsKindsAndWordsAgree(encoding: NotewiseEncoding) {
        for (id, word) in encoding.vocabulary.words.enumerated() {
            let kind = encoding.kind(of: id)
            #expect(encoding.id(of: kind) == id)
            #expect(encoding.vocabulary.id(of: word) == id)
            let expected =
                switch kind {
                case .pieceStart: "<start>"
                case .pieceEnd: "<end>"
                case .start(let index): "p\(index)"
                case .release(let index): "endp\(index)"
                case .wait(let steps): "wait\(steps)"
                }
            #expect(word == expected)
        }
    }

    @Test(arguments: everyEncoding)
    func identifiersNameTheirEncoding(encoding: NotewiseEncoding) {
        #expect(NotewiseEncoding(identifier: encoding.identifier) == encoding)
        #expect(Set(everyEncoding).count == 6)
    }

    @Test func theDefaultIsClaras() {
        #expect(NotewiseEncoding().identifier == "notewise-62-12")
    }

    @Test(arguments: [
        "", "notewise", "notewise-62", "notewise-61-12", "notewise-62-8", "notewise-062-12",
        "notewise-62-12-", "chordwise-62-12", "Notewise-62-12",
    ])
    func otherIdentifiersNameNothing(identifier: String) {
        #expect(NotewiseEncoding(identifier: identifier) == nil)
    }

    @Test(arguments: PitchRange.all)
    func aPitchMovesByTheFewestOctavesThatBringItInside(range: PitchRange) {
        for number in 0...127 {
            guard let pitch = Pitch(number) else { continue }
            let moved = range.pitch(at: range.index(of: pitch))
            #expect((moved.number - number) % 12 == 0)
            let distance = abs(moved.number - number)
            #expect(range.contains(pitch) ? distance == 0 : distance > 0)
            // One octave less would still be outside.
            let nearer = moved.number - (moved.number - number).signum() * 12
            #expect(distance == 0 || !(range.lowest..<range.lowest + range.count).contains(nearer))
        }
    }
}
