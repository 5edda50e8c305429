import Encodings
import Testing

@Suite struct NotewiseContextTests {
    private let encoding = NotewiseEncoding()
    /// 62 pitches in five classes of age, and at four distances; 48 and 36 places in the bar; then the key, the
    /// notes struck last and guesses, which have tests of their own.
    private let pitches = 62

    /// The ids before those of the notes struck last.
    private func ids(after text: String) throws -> Set<Int> {
        var context = NotewiseContext(encoding: encoding)
        for token in [Vocabulary.pieceStart] + (try encoding.tokens(fromText: text)) {
            context.advance(token)
        }
        var ids: [Int32] = []
        context.appendIDs(to: &ids)
        #expect(ids.allSatisfy { (0..<Int32(context.count)).contains($0) })
        #expect(Set(ids).count == ids.count)
        return Set(ids.map { Int($0) }.filter { $0 < places + 48 + 36 })
    }

    private var places: Int { 9 * pitches }

    @Test func nothingSoundsAtFirst() throws {
        #expect(try ids(after: "") == [places, places + 48])
    }

    @Test(
        "A sounding note's age is told in five classes",
        arguments: [
            (2, 0), (3, 1), (5, 1), (6, 2), (11, 2), (12, 3), (23, 3), (24, 4),
        ])
    func agesAreClasses(steps: Int, age: Int) throws {
        let ids = try ids(after: "p7 wait\(steps)")
        #expect(ids.contains(age * pitches + 7))
        #expect(ids.count { $0 < 5 * pitches } == 1)
    }

    @Test func releasedNotesAreNotToldAsSounding() throws {
        #expect(try ids(after: "p7 wait3 endp7 wait1").count { $0 < 5 * pitches } == 0)
    }

    @Test("What was struck one to four quarters ago is told", arguments: 1...4)
    func strikesAreRemembered(quarters: Int) throws {
        let waits = Array(repeating: "wait12", count: quarters - 1).joined(separator: " ")
        let ids = try ids(after: "p7 p9 wait1 endp7 endp9 wait11 \(waits)")
        let lag = (5 + quarters - 1) * pitches
        #expect(Set(ids.filter { (5 * pitches..<places).contains($0) }) == [lag + 7, lag + 9])
    }

    @Test func strikesFadeAfterFourQuarters() throws {
        let ids = try ids(after: "p7 endp7 wait25 wait24")
        #expect(ids.count { (5 * pitches..<places).contains($0) } == 0)
    }

    @Test func placeInTheBarIsTold() throws {
        #expect(try ids(after: "wait25 wait25") == [places + 50 % 48, places + 48 + 50 % 36])
    }

    /// The note struck at this step, and the outer ones of the two steps before that struck any.
    @Test func theNotesStruckLastAreTold() throws {
        let duet = NotewiseEncoding(ensemble: .duet)
        var context = NotewiseContext(encoding: duet)
        for token in try duet.tokens(
            fromText: "v30 wait3 v32 p10 p20 wait3 p12 endp20 wait3 v31")
        { context.advance(token) }
        let references = try #require(context.references)
        #expect(references.count == 12 && references.instruments == 2)
        #expect(references.notes == pitches)
        #expect(duet.vocabulary[references.firstToken] == "v0")
        let named = context.ids.map { Int($0) - references.firstID - 2 * (pitches + 1) }
            .filter { (0..<10 * (pitches + 1)).contains($0) }
            .map { $0 % (pitches + 1) - 1 }
        // The violin's newest, last two and former two; the piano strikes nothing at this step.
        #expect(named == [31, 32, 32, 30, 30, -1, 12, 12, 20, 10])
    }

    @Test func startForgetsEverything() throws {
        var context = NotewiseContext(encoding: encoding)
        let fresh = context
        for token in try encoding.tokens(fromText: "p3 wait5 p7 wait12") { context.advance(token) }
        #expect(context != fresh)
        context.advance(Vocabulary.pieceStart)
        #expect(context == fresh)
    }

    @Test func maskIsTheGrammars() throws {
        var context = NotewiseContext(encoding: encoding)
        for token in try encoding.tokens(fromText: "p3 wait5 p7") { context.advance(token) }
        var allowed = [Bool](repeating: false, count: encoding.vocabulary.count)
        allowed.withUnsafeMutableBufferPointer { context.fillMask($0) }
        func isAllowed(_ word: String) throws -> Bool {
            allowed[try #require(encoding.vocabulary.id(of: word))]
        }
        #expect(try isAllowed("endp7") && isAllowed("p8") && isAllowed("wait1"))
        #expect(try isAllowed("<end>"), "a piece may end anywhere")
        #expect(try !isAllowed("endp3") && !isAllowed("p6") && !isAllowed("<start>"))
    }
}
