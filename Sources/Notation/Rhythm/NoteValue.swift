/// A note value as it is printed: a head, and dots.
package struct NoteValue: Hashable, Sendable {
    /// Halvings of the whole note: 0 whole, 1 half, 2 quarter … 7 128th; −1 breve, −2 long.
    package let halvings: Int
    /// 0…2
    package let dots: Int

    /// Its length in fine ticks.
    package var length: Int {
        let head = halvings >= 0 ? FineTime.whole >> halvings : FineTime.whole << -halvings
        return 2 * head - (head >> dots)
    }

    /// The value that lasts `length` fine ticks; nil where none does, or only with more dots.
    package init?(length: Int, maximumDots: Int = 2) {
        for halvings in -2...7 {
            for dots in 0...max(0, min(maximumDots, 7 - halvings)) {
                let value = NoteValue(halvings: halvings, dots: dots)
                if value.length == length {
                    self = value
                    return
                }
            }
        }
        return nil
    }

    init(halvings: Int, dots: Int) {
        self.halvings = halvings
        self.dots = dots
    }

    /// The longest value without dots that is no longer than `length`; at least a 128th.
    static func longest(within length: Int) -> NoteValue {
        for halvings in -2...7 {
            let value = NoteValue(halvings: halvings, dots: 0)
            if value.length <= length { return value }
        }
        return NoteValue(halvings: 7, dots: 0)
    }

    /// How many beams or flags it has.
    var beams: Int { max(0, halvings - 2) }

    /// Its name in MusicXML.
    var name: String {
        switch halvings {
        case -2: "long"
        case -1: "breve"
        case 0: "whole"
        case 1: "half"
        case 2: "quarter"
        case 3: "eighth"
        case 4: "16th"
        case 5: "32nd"
        case 6: "64th"
        default: "128th"
        }
    }
}
