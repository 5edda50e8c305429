import Foundation
import GRDB

/// Text as it is searched: without accents, capitals and punctuation, so that “Żeleński” is found by
/// zelenski and “Schönberg” by schoenberg.
enum SearchText {
    /// The words of `text`, in small letters and digits.
    ///
    /// - Parameter keeping: what belongs to words besides.
    static func words(of text: String, keeping: String = "") -> [String] {
        let kept = Set(keeping.unicodeScalars)
        var words: [String] = []
        var word = ""
        for scalar in text.decomposedScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .modifierLetter: continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter,
                .decimalNumber:
                word += plain[scalar] ?? scalar.properties.lowercaseMapping
            case _ where kept.contains(scalar): word.unicodeScalars.append(scalar)
            // O’Brien is one word, as is l'Isle.
            case _ where "'’".unicodeScalars.contains(scalar): continue
            default:
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The words with their umlauts as if they had none, a space before and after each.
    static func folded(_ text: String) -> String {
        padded(words(of: text).map(withoutUmlauts))
    }

    /// Burgmüller is also spelt Burgmueller: neither has the e afterwards. After another vowel u and e
    /// are no umlaut, as in Bauer and Feuer, nor after q, as in Jacques.
    private static func withoutUmlauts(_ word: String) -> String {
        var plain: [Character] = []
        for letter in word {
            let isUmlaut =
                letter == "e" && plain.last.map("aou".contains) == true
                && plain.dropLast().last.map("aeiouq".contains) != true
            if !isUmlaut { plain.append(letter) }
        }
        return String(plain)
    }

    /// The words of a licence's name, which differ by their hyphens: CC BY and CC BY-SA.
    static func foldedLicence(_ text: String) -> String { padded(words(of: text, keeping: "-.")) }

    private static func padded(_ words: [String]) -> String {
        words.isEmpty ? "" : " " + words.joined(separator: " ") + " "
    }

    /// Letters that do not come apart into a plain one and an accent.
    private static let plain: [Unicode.Scalar: String] = [
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "ß": "ss",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
    ]

    /// Makes `folded` and `foldedLicence` known to SQL.
    static func install(in database: Database) {
        for (name, fold) in [("folded", folded), ("foldedLicence", foldedLicence)] {
            database.add(
                function: DatabaseFunction(name, argumentCount: 1, pure: true) { values in
                    values.first.flatMap { String.fromDatabaseValue($0) }.map(fold)
                })
        }
    }
}

extension String {
    /// The scalars of its canonical decomposition: letters and accents apart.
    fileprivate var decomposedScalars: String.UnicodeScalarView {
        decomposedStringWithCanonicalMapping.unicodeScalars
    }
}
