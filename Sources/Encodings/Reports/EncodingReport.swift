/// What an encoding left out of a score or changed in it. The grid's rounding of time is not
/// counted: it touches every note.
package struct EncodingReport: Hashable, Sendable {
    /// Notes that became tokens.
    package var encodedNotes = 0
    /// How many notes each kind of loss befell, none of them zero. A note may be changed in several
    /// ways.
    package private(set) var counts: [NoteLoss: Int] = [:]
    /// What no text of the encoding holds, whatever the score.
    package let neverHeld: [MusicAspect]

    package init(neverHeld: [MusicAspect] = []) { self.neverHeld = neverHeld }

    /// How many notes this befell.
    package subscript(_ loss: NoteLoss) -> Int { counts[loss] ?? 0 }

    package mutating func add(_ loss: NoteLoss, notes: Int = 1) {
        if notes > 0 { counts[loss, default: 0] += notes }
    }

    /// Takes back losses of what the encoding never holds.
    mutating func forget(_ losses: [NoteLoss]) {
        for loss in losses { counts[loss] = nil }
    }

    /// Adds what befell another score's notes in the same encoding.
    package mutating func merge(_ other: EncodingReport) {
        encodedNotes += other.encodedNotes
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// The kinds that befell notes: first those that left them out, then by name.
    package var kinds: [NoteLoss] {
        counts.keys.sorted { ($0.effect.rawValue, $0.name) < ($1.effect.rawValue, $1.name) }
    }

    /// One sentence for each kind of loss, for people; empty when nothing was lost.
    package var losses: [String] {
        kinds.map { kind in
            let count = self[kind]
            return "\(count) \(count == 1 ? "note" : "notes") \(kind.phrase)"
        }
    }
}
