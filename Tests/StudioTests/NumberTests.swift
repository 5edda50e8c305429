import Hummingbird
import HummingbirdTesting
import Studio
import Testing

/// Numbers that fit nothing hold nothing up, and are told by their names and ranges.
@Suite struct NumberTests {
    private static let ranges = [
        "fromBar": "1 to 10000", "bars": "1 to 64", "takes": "1 to 16", "topK": "1 to 10000",
        "noRepeat": "2 to 10000", "repeats": "0 to 10000", "seed": "0 to 9007199254740992",
    ]

    /// The largest `Int`, one more, and more than a `Double` can be.
    private static let numbers = [
        "-1", "1.5", "1000000000000000000", "9223372036854775807", "9223372036854775808", "1e400",
    ]

    @Test(.timeLimit(.minutes(1)), arguments: ranges)
    func whatTakesAreAskedForByHasItsRange(field: String, range: String) async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let path = "/api/sessions/\(session.id)/nodes/\(session.root)/takes"
            for number in Self.numbers {
                let more = field == "repeats" ? ",\"noRepeat\":9" : ""
                let refused = try await client.ask(
                    .post, path, "{\"\(field)\":\(number)\(more)}")
                #expect(refused.status == .badRequest, "\(number)")
                let text = String(buffer: refused.body)
                #expect(
                    text.contains("“\(field)” must be a whole number from \(range), not"), "\(text)"
                )
            }
        }
    }

    @Test func aWholeNumberMayBeWrittenAsJavaScriptNeverDoes() async throws {
        try await TestStudio().run { client in
            let session = try await client.session()
            let take = try await client.take(
                #"{"bars":1.0,"takes":1e0,"seed":70e-1,"judge":false}"#, after: session.root,
                in: session)
            #expect(take.bars == 1 && take.take?.seed == 7)
        }
    }

    @Test func musicBeginsInTheFirstHours() async throws {
        try await TestStudio().run { client in
            let session = try await client.session(#"{"meter":"99/1"}"#)
            let path = "/api/sessions/\(session.id)/nodes"
            for (path, body) in [
                (path, #"{"parent":"\#(session.root)","fromBar":254,"notes":[]}"#),
                ("\(path)/\(session.root)/takes", #"{"fromBar":254}"#),
            ] {
                let refused = try await client.ask(.post, path, body)
                #expect(refused.status == .badRequest)
                #expect(
                    String(buffer: refused.body).contains("Bar 254 begins after 100188.0 quarters"))
            }
            let last = #"{"parent":"\#(session.root)","fromBar":253,"notes":[]}"#
            #expect(try await client.ask(.post, path, last).status == .created)
        }
    }

    @Test(arguments: ["99/32", "33/16", "1/1", "1/32"])
    func aTakeIsInAnyMeterThatThePageShows(meter: String) async throws {
        try await TestStudio().run { client in
            let session = try await client.session("{\"meter\":\"\(meter)\"}")
            #expect(session.meter == meter)
            // Voices go on in a meter of their own where they have no word for this one.
            _ = try await client.take(
                #"{"bars":2,"takes":1,"seed":1,"judge":false}"#, after: session.root, in: session)
        }
    }
}
