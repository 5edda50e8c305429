import Clara
import Testing

@Suite struct TimeSpanTests {
    @Test(arguments: [
        ("90s", 90), ("30m", 1800), ("2h", 7200), ("1h30m", 5400), ("1h0m5s", 3605), ("0.5h", 1800),
        ("6300s", 6300), ("1.5m", 90),
    ])
    func lengthsAreRead(text: String, seconds: Double) throws {
        #expect(try TimeSpan(parsing: text).seconds == seconds)
    }

    @Test(arguments: [
        "", "90", "h", "2 h", "1m1h", "1h1h", "-5s", "0s", "5d", "1..5h", "1h30", "٣s", "1e3s",
        "nan", "10001h", "99999999999999999999h",
    ])
    func whatIsNoLengthIsSaidSo(text: String) {
        let error = #expect(throws: TimeSpanError.self) { try TimeSpan(parsing: text) }
        #expect(
            error?.description
                == "“\(text)” is no length of time above 0 and at most 10000h; write hours, minutes "
                + "and seconds, such as 90s, 30m, 2h or 1h30m")
    }
}
