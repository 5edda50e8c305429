import Foundation

extension Int {
    /// With a comma between the thousands: “1,606”.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }

    /// “1 piece”, “1,606 pieces”.
    func of(_ noun: String, plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Double {
    /// With so many digits after the point.
    func rounded(to digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
