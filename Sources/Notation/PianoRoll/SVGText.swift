/// What numbers and words look like in an SVG file.
package enum SVGText {
    /// With one digit after the point at most.
    package static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        if tenths % 10 == 0 { return "\(tenths / 10)" }
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Fit to stand between tags and in quotes: signs of XML's own are spelt out, and characters that
    /// XML cannot hold become spaces.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// “1 bar”, “1,606 bars”.
    static func count(_ number: Int, _ noun: String) -> String {
        let digits = String(number)
        let grouped = digits.enumerated().map { index, digit in
            let isThousand = index > 0 && (digits.count - index).isMultiple(of: 3)
            return (isThousand ? "," : "") + String(digit)
        }
        return "\(grouped.joined()) \(noun)\(number == 1 ? "" : "s")"
    }

    /// “3:05”, or “1:02:45”.
    static func time(seconds: Double) -> String {
        let whole = Int(min(max(0, seconds), 1e9))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}
