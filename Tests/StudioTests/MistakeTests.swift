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
        .init(
            method: .put, path: "/api/sessions/none", body: "{}", status: .methodNotAllowed,
            sentence: "takes DELETE, GET, HEAD, PATCH only"),
        .init(
            method: .options, path: takes, status: .methodNotAllowed, sentence: "takes POST only"),
        .init(method: .post, path: "/", status: .methodNotAllowed, sentence: "GET, HEAD only"),
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
            method: .post, path: "/api/sessions", body: #"{"meter":"1/64"}"#,
            status: .badRequest, sentence: "1 to 99 beats of 1, 2, 4, 8, 16 or 32, not “1/64”."),
        .init(
            method: .post, path: "/api/sessions", body: #"{"meter":"100/4"}"#,
            status: .badRequest, sentence: "1 to 99 beats"),
        .init(
            method: .post, path: "/api/sessions",
            body: #"{"parts":[{"program":128}]}"#, status: .badRequest,
            sentence: "“parts[0].program” must be a whole number from 0 to 127, not 128."),
        .init(
            method: .post, path: "/api/sessions",
            body: "{\"title\":\"\(String(repeating: "夢", count: 201))\"}", status: .badRequest,
            sentence: "The title may have 200 characters, not 201."),
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
            status: .badRequest,
            sentence: "“fromBar” must be a whole number from 1 to 10000, not 0."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":128,"onset":0,"duration":1}]}"#,
            status: .badRequest,
            sentence: "“notes[0].pitch” must be a whole number from 0 to 127, not 128."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":60.5,"onset":0,"duration":1}]}"#,
            status: .badRequest,
            sentence: "“notes[0].pitch” must be a whole number from 0 to 127, not 60.5."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[],"#
                + #""raw":[{"pitch":60,"onset":0,"duration":1,"velocity":1e400}]}"#,
            status: .badRequest,
            sentence:
                "“raw[0].velocity” must be a whole number from 0 to 127, not so large a number."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"bars":1.5,"notes":[]}"#,
            status: .badRequest,
            sentence: "“bars” must be a whole number from 1 to 10000, not 1.5."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":9223372036854775808,"notes":[]}"#,
            status: .badRequest, sentence: "“fromBar” must be a whole number from 1 to 10000"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":2,"notes":[{"pitch":60,"onset":0,"duration":1}]}"#,
            status: .badRequest,
            sentence: "onset must be 4.0 quarters, where its passage begins, to 100000."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":60,"onset":0,"duration":0}]}"#,
            status: .badRequest,
            sentence: "duration must be above 0 quarters and at most 100000."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"notes":[{"pitch":60,"onset":0,"duration":1e6}]}"#,
            status: .badRequest,
            sentence: "duration must be above 0 quarters and at most 100000."),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"#
                + #""notes":[{"pitch":60,"onset":99999,"duration":99999}]}"#,
            status: .badRequest, sentence: "These notes take 50000 bars"),
        .init(
            method: .post, path: nodes,
            body: #"{"parent":"ROOT","fromBar":1,"#
                + #""notes":[{"pitch":60,"onset":0,"duration":1,"part":3}]}"#,
            status: .badRequest, sentence: "one of the session's"),
        .takes(#"{"voice":"nobody"}"#, refused: "no voice “nobody”"),
        .takes(#"{"voice":"critic"}"#, refused: "is no voice"),
        .takes(#"{"style":"nobody"}"#, refused: "no style “nobody”"),
        .takes(
            #"{"temperature":0}"#, refused: "Temperature must be a number above 0 and at most 100"),
        .takes(#"{"temperature":1e300}"#, refused: "at most 100, not inf"),
        .takes(#"{"temperature":1e400}"#, refused: "or a number is larger than any"),
        .takes(#"{"topP":2}"#, refused: "Top-p"),
        .takes(
            #"{"choiceFrequency":2}"#,
            refused: "Choice-frequency must be a number from 0 to 1, not 2.0"),
        .takes(
            #"{"repeats":1}"#,
            refused: "Repeats must be a whole number from 0 to 10000, beside no-repeat"),
        .takes(#"{"repetitionPenalty":1e9}"#, refused: "a number from 1 to 100"),
        .takes(#"{"takes":99}"#, refused: "“takes” must be a whole number from 1 to 16, not 99."),
        .takes(#"{"bars":0}"#, refused: "“bars” must be a whole number from 1 to 64, not 0."),
        .takes(#"{"bars":1.5}"#, refused: "“bars” must be a whole number from 1 to 64, not 1.5."),
        .takes(#"{"fromBar":10001}"#, refused: "“fromBar” must be a whole number from 1 to 10000"),
        .takes(
            #"{"topK":0.5}"#, refused: "“topK” must be a whole number from 1 to 10000, not 0.5."),
        .takes(
            #"{"seed":1.5}"#,
            refused: "“seed” must be a whole number from 0 to 9007199254740992, not 1.5."),
        .takes(#"{"seed":-1}"#, refused: "“seed” must be a whole number from 0"),
        .takes(#"{"seed":9007199254740992,"takes":2}"#, refused: "the later takes' seeds"),
        .takes(#"{"seed":"one"}"#, refused: "Something else is expected at “seed”"),
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
