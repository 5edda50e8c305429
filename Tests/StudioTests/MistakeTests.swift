import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// What a client does wrong is told in a sentence.
@Suite struct MistakeTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let method: HTTPRequest.Method
        /// SESSION and ROOT stand for what there is.
        let path: String
        var body: String?
        let status: HTTPResponse.Status
        let sentence: String

        var testDescription: String { "\(method) \(path) \(body ?? "")" }

        /// What is wrong in what takes are asked for with.
        static func takes(_ body: String, refused sentence: String) -> Mistake {
            Mistake(
                method: .post, path: MistakeTests.takes, body: body, status: .badRequest,
                sentence: sentence)
        }
    }

    private static let takes = "/api/sessions/SESSION/nodes/ROOT/takes"
    private static let nodes = "/api/sessions/SESSION/nodes"

    static let mistakes: [Mistake] = [
        .init(method: .get, path: "/nothing", status: .notFound, sentence: "/api tells"),
        .init(method: .get, path: "/api/sessions/none", status: .notFound, sentence: "“none”"),
        .init(
            method: .post, path: "/api/sessions", body: "{", status: .badRequest,
            sentence: "no JSON"),
        .init(
            method: .post, path: "/api/sessions", body: #"{"tempo":"fast"}"#,
            status: .badRequest, sentence: "“tempo”"),
        .init(
            method: .post, path: "/api/sessions", body: #"{"tempo":2000}"#, status: .badRequest,
            sentence: "5 to 1000"),
        .init(
            method: .post, path: "/api/sessions", body: #"{"meter":"4/5"}"#,
            status: .badRequest, sentence: "3/4"),
        .init(
            method: .post, path: "/api/sessions", body: #"{"parts":[]}"#, status: .badRequest,
            sentence: "1 to 64 parts"),
        .init(
            method: .post, path: "/api/sessions", body: #"{"example":"../../etc/passwd"}"#,
            status: .badRequest, sentence: "no example"),
        .init(
            method: .patch, path: "/api/sessions/SESSION", body: nil, status: .badRequest,
            sentence: "a body of JSON"),
        .init(
            method: .post, path: nodes, body: #"{"fromBar":1,"notes":[]}"#,
            status: .badRequest, sentence: "“parent” is missing"),
        .init(
            method: .post, path: nodes, body: #"{"parent":"none","fromBar":1,"notes":[]}"#,
            status: .notFound, sentence: "“none”"),
        .init(
            method: .post, path: nodes, body: #"{"parent":"ROOT","fromBar":0,"notes":[]}"#,
            status: .badRequest, sentence: "“fromBar” must be 1"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":128,"onset":0,"duration":1}]}"#,
            status: .badRequest, sentence: "Note 1: its pitch must be 0 to 127"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":2,"notes":[{"pitch":60,"onset":0,"duration":1}]}"#,
            status: .badRequest, sentence: "onset must be 4.0 quarters or later"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":60,"onset":0,"duration":0}]}"#,
            status: .badRequest, sentence: "duration must be above 0"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"#
                + #""notes":[{"pitch":60,"onset":0,"duration":1,"part":3}]}"#,
            status: .badRequest, sentence: "one of the session's"),
        .takes(#"{"voice":"nobody"}"#, refused: "no voice “nobody”"),
        .takes(#"{"voice":"critic"}"#, refused: "is no voice"),
        .takes(#"{"style":"nobody"}"#, refused: "no style “nobody”"),
        .takes(#"{"temperature":0}"#, refused: "Temperature must be a number above 0"),
        .takes(#"{"topP":2}"#, refused: "Top-p"),
        .takes(
            #"{"choiceFrequency":2}"#,
            refused: "Choice-frequency must be a number from 0 to 1, not 2.0"),
        .takes(
            #"{"repeats":1}"#,
            refused: "Repeats must be a whole number of at least 0, beside no-repeat"),
        .takes(#"{"takes":99}"#, refused: "“takes” must be 1 to 16"),
        .takes(#"{"bars":0}"#, refused: "“bars” must be 1 to 64"),
        .takes(#"{"seed":-1}"#, refused: "Seed must be"),
        .init(
            method: .post, path: "/api/sessions/SESSION/nodes/none/takes", body: "{}",
            status: .notFound, sentence: "“none”"),
        .init(
            method: .get, path: "/api/sessions/SESSION/nodes/ROOT/export?format=mp3",
            status: .badRequest, sentence: "mid, musicxml, wav, flac"),
        .init(
            method: .get, path: "/api/sessions/SESSION/nodes/ROOT/export", status: .conflict,
            sentence: "no music here yet"),
        .init(
            method: .delete, path: "/api/jobs/none", status: .notFound, sentence: "ended already"),
        .init(
            method: .get, path: "/api/sound/200/60", status: .badRequest, sentence: "0 to 127"),
        .init(
            method: .get, path: "/api/sound/0/60", status: .notFound,
            sentence: "No SoundFont is installed"),
    ]

    @Test(arguments: mistakes) func aMistakeHasItsSentence(mistake: Mistake) async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            func filled(_ text: String) -> String {
                text.replacing("SESSION", with: session.id).replacing("ROOT", with: session.root)
            }
            let response = try await client.ask(
                mistake.method, filled(mistake.path), mistake.body.map(filled))
            #expect(response.status == mistake.status)
            let text = String(buffer: response.body)
            #expect(text.contains(mistake.sentence), "\(text)")
            #expect(text.hasPrefix(#"{"error":{"message":""#), "\(text)")
        }
    }
}
