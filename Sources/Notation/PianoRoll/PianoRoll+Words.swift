import Score

extension PianoRoll {
    /// Parts that are named in the legend; a file can have thousands.
    private static let namedParts = 12

    /// “345 notes, 24 bars, 0:45”.
    var facts: String {
        let bars = score.barCount
        let time = SVGText.time(seconds: score.seconds)
        let notes = parts.reduce(0) { $0 + $1.notes.count }
        return "\(SVGText.count(notes, "note")), \(SVGText.count(bars, "bar")), \(time)"
    }

    /// For those who do not see the picture.
    var summary: String {
        let pitches = parts.flatMap { $0.notes.lazy.map(\.pitch) }
        var text = "A piano roll: \(facts)"
        if let low = pitches.min(), let high = pitches.max() {
            text += ", from \(low.name) to \(high.name)"
        }
        text += ". Parts: \(partNames.joined(separator: ", "))."
        if let seam {
            let place = score.meterMap.position(
                of: seam, ticksPerQuarter: score.ticksPerQuarter)
            text += " The continuation begins at bar \(place.bar), beat \(place.beat)."
        }
        return text
    }

    /// What the legend calls the parts: their names, else their instruments; the last of very many
    /// stands for the rest.
    var partNames: [String] {
        let names = parts.prefix(Self.namedParts).map { part in
            let name = part.name.prefix(40)
            if !name.allSatisfy(\.isWhitespace) { return String(name) }
            return part.isDrums ? "Drums" : GeneralMIDI.instrument(part.program)
        }
        let rest = parts.count - names.count
        return rest > 0 ? names + ["and \(rest) more"] : names
    }
}
