import Score

/// Writes a piano roll as SVG, from its head to its last line.
struct RollDrawing {
    static let width = 1120.0
    static let left = 58.0
    static let right = 20.0
    /// Points of a semitone.
    static let row = 6.0
    static let keyboard = 30.0
    /// Above a line's keys, for the numbers of bars; below it, for the pedal.
    static let above = 26.0
    static let below = 16.0
    private static let legendLine = 18.0

    let roll: PianoRoll
    /// Points of a tick.
    let scale: Double

    init(_ roll: PianoRoll) {
        self.roll = roll
        let longest = roll.systems.map { ($0.range.upperBound - $0.range.lowerBound).count }.max()
        let room = Self.width - Self.left - Self.right
        // A short piece is not blown up beyond twice the size of a long one's.
        let perTick = room / Double(RollSystem.quarters * roll.score.ticksPerQuarter)
        scale = min(2 * perTick, room / Double(max(1, longest ?? 1)))
    }

    var text: String {
        var body = ""
        let (legend, top) = legend()
        var y = top
        var pedals = roll.pedals[...]
        for system in roll.systems {
            pedals = pedals.drop { $0.upperBound <= system.range.lowerBound }
            let down = pedals.prefix { $0.lowerBound < system.range.upperBound }
            let drawing = SystemDrawing(system, of: self, pedals: down, top: y)
            body += drawing.text
            y += drawing.height
        }
        let size = "\(SVGText.number(Self.width)) \(SVGText.number(y))"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
            width="\(SVGText.number(Self.width))" height="\(SVGText.number(y))" role="img" \
            aria-labelledby="title desc">
            <title id="title">\(SVGText.escaped(roll.title))</title>
            <desc id="desc">\(SVGText.escaped(roll.summary))</desc>
            <style>\(RollStyle.sheet)</style>
            <defs>\(Self.pattern(id: "rows", of: "row", width: 8))\
            \(Self.pattern(id: "keys", of: "ebony", width: Self.keyboard * 0.62))</defs>
            <rect class="paper" width="100%" height="100%"/>
            \(legend)\(body)</svg>

            """
    }

    /// The black keys of an octave, C at the bottom, to be laid over any stretch of keys.
    private static func pattern(id: String, of shape: String, width: Double) -> String {
        let tile = id == "keys" ? keyboard : width
        let keys = [1, 3, 6, 8, 10].map { key in
            "<rect class=\"\(shape)\" y=\"\(SVGText.number(Double(11 - key) * row))\" "
                + "width=\"\(SVGText.number(width))\" height=\"\(SVGText.number(row))\"/>"
        }
        // Lines between white neighbours: B and C, E and F.
        let lines =
            id == "keys"
            ? "<path class=\"edge\" d=\"M0 0H\(SVGText.number(tile))M0 "
                + "\(SVGText.number(7 * row))H\(SVGText.number(tile))\"/>"
            : "<path class=\"octave\" d=\"M0 0H8\"/>"
        return "<pattern id=\"\(id)\" patternUnits=\"userSpaceOnUse\" "
            + "x=\"\(id == "keys" ? SVGText.number(left - keyboard) : "0")\" "
            + "width=\"\(SVGText.number(tile))\" "
            + "height=\"\(SVGText.number(12 * row))\">\(keys.joined())\(lines)</pattern>"
    }

    /// Title, facts, and what the colours mean; and where the music begins below it.
    private func legend() -> (text: String, height: Double) {
        var text =
            "<text class=\"title\" x=\"28\" y=\"30\">\(SVGText.escaped(roll.title))</text>"
            + "<text x=\"28\" y=\"48\">\(SVGText.escaped(roll.facts))</text>"
        var (x, y) = (28.0, 68.0)
        func place(_ swatch: String, _ label: String) {
            let width = 24 + 6.2 * Double(label.count) + 16
            if x + width > Self.width - Self.right { (x, y) = (28, y + Self.legendLine) }
            text +=
                "<g transform=\"translate(\(SVGText.number(x)) \(SVGText.number(y)))\">\(swatch)"
                + "<text x=\"30\">\(SVGText.escaped(label))</text></g>"
            x += width + 14
        }
        func box(_ style: String) -> String {
            "<rect class=\"\(style)\" y=\"-8\" width=\"24\" height=\"8\"/>"
        }
        for (index, name) in roll.partNames.enumerated() {
            place(box("p\(index % RollStyle.partColours)"), name)
        }
        let steps = (0..<RollStyle.shades).map { step in
            "<rect class=\"p0 v\(step)\" x=\"\(3 * step)\" y=\"-8\" width=\"3\" height=\"8\"/>"
        }
        place(steps.joined(), "soft to loud")
        if !roll.pedals.isEmpty {
            place("<rect class=\"pedal\" y=\"-5\" width=\"24\" height=\"3\"/>", "pedal")
        }
        if roll.seam != nil { place(box("new") + Self.seamSwatch, "continued by Clara") }
        if let marks = roll.marks {
            place(
                "<rect class=\"mark\" fill-opacity=\".4\" y=\"-8\" width=\"24\" height=\"8\"/>",
                marks.meaning)
        }
        return (text + "\n", y + 16)
    }

    private static let seamSwatch = "<path class=\"seam\" d=\"M1 -11V3\"/>"
}
