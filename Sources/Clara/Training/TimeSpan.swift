/// A length of time as people write it on a command line: “90s”, “30m”, “2h”, “1h30m”.
public struct TimeSpan: Hashable, Sendable {
    /// Above 0, at most those of 10,000 hours.
    public let seconds: Double

    /// Whole or decimal numbers, each with its unit: h, m, s, in this order and once at most.
    ///
    /// - Throws: when the text is something else, no time at all, or more than 10,000 hours.
    public init(parsing text: String) throws(TimeSpanError) {
        let units: [Character: (rank: Int, seconds: Double)] = [
            "h": (0, 3600), "m": (1, 60), "s": (2, 1),
        ]
        var seconds = 0.0
        var number = ""
        var rank = -1
        for character in text {
            if character.isASCII, character.isNumber || character == "." {
                number.append(character)
                continue
            }
            guard let unit = units[character], unit.rank > rank, let value = Double(number) else {
                throw TimeSpanError(text: text)
            }
            seconds += value * unit.seconds
            (rank, number) = (unit.rank, "")
        }
        guard number.isEmpty, seconds > 0, seconds <= 36_000_000 else {
            throw TimeSpanError(text: text)
        }
        self.seconds = seconds
    }
}

/// A text that is no length of time.
public struct TimeSpanError: Error, Hashable, CustomStringConvertible {
    public let text: String

    public var description: String {
        "“\(text)” is no length of time above 0 and at most 10000h; write hours, minutes and "
            + "seconds, such as 90s, 30m, 2h or 1h30m"
    }
}
