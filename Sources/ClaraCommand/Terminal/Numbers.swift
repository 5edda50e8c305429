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

    /// A share as “12.3 %”, with so many digits after the point.
    func percent(to digits: Int) -> String { (100 * self).rounded(to: digits) + " %" }

    /// A share as “12 %”; “under 1 %” and “over 99 %” where it is next to nothing or all.
    var percent: String {
        if self > 0, self < 0.01 { return "under 1 %" }
        if self < 1, self > 0.99 { return "over 99 %" }
        return "\(Int((self * 100).rounded())) %"
    }
}
