import Score

/// Draws one line of a piano roll.
struct SystemDrawing {
    private typealias Page = RollDrawing

    private let system: RollSystem
    private let page: RollDrawing
    private let roll: PianoRoll
    private let keys: ClosedRange<Int>
    private let bars: [RollBarLine]
    private let pedals: ArraySlice<Range<Ticks>>
    private let top: Double

    /// - Parameters:
    ///   - pedals: where a pedal is down in the line, in order.
    ///   - top: where the line begins, in the picture's points.
    init(
        _ system: RollSystem, of page: RollDrawing, pedals: ArraySlice<Range<Ticks>>, top: Double
    ) {
        self.system = system
        self.page = page
        self.top = top
        roll = page.roll
        keys = system.keys
        bars = RollBarLine.lines(in: system.range, of: page.roll.score)
        self.pedals = pedals
    }

    /// In points.
    var height: Double { Page.above + keysHeight + Page.below }

    private var keysHeight: Double { Double(keys.count) * Page.row }
    private var lowerEdge: Double { Page.row * Double(128 - keys.lowerBound) }
    private var upperEdge: Double { Page.row * Double(127 - keys.upperBound) }

    /// Rows lie alike in all lines, so that one pattern fits them: the group is moved instead.
    var text: String {
        let shift = top + Page.above - upperEdge
        return "<g transform=\"translate(0 \(SVGText.number(shift)))\">"
            + ground + marks + grid + seam + notes + pedalBand + keyboard + numbers + "</g>\n"
    }

    private func x(_ tick: Ticks) -> Double {
        let inside = min(max(tick, system.range.lowerBound), system.range.upperBound)
        return Page.left + Double((inside - system.range.lowerBound).count) * page.scale
    }

    private func rectangle(
        _ attributes: String, x: Double, y: Double, width: Double, height: Double
    ) -> String {
        "<rect \(attributes) x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" "
            + "width=\"\(SVGText.number(width))\" height=\"\(SVGText.number(height))\"/>"
    }

    private var ground: String {
        let end = x(system.range.upperBound)
        return rectangle(
            "fill=\"url(#rows)\"", x: Page.left, y: upperEdge, width: end - Page.left,
            height: keysHeight)
    }

    /// The tints of the line, with their labels below the keys.
    private var marks: String {
        let here = (roll.marks?.marks ?? []).filter { $0.range.overlaps(system.range) }
        return here.map { mark in
            let (start, end) = (x(mark.range.lowerBound), x(mark.range.upperBound))
            let opacity = SVGText.hundredths(Int(mark.strength * 40))
            let tint = rectangle(
                "class=\"mark\" fill-opacity=\"\(opacity)\"", x: start, y: upperEdge,
                width: end - start, height: keysHeight)
            guard system.range.contains(mark.range.lowerBound) else { return tint }
            let label = SVGText.escaped(mark.label)
            return tint + "<text class=\"small\" x=\"\(SVGText.number(start + 2))\" "
                + "y=\"\(SVGText.number(lowerEdge + 14))\">\(label)</text>"
        }.joined()
    }

    private var grid: String {
        let (upper, lower) = (SVGText.number(upperEdge), SVGText.number(lowerEdge))
        func lines(_ ticks: [Ticks]) -> String {
            ticks.map { "M\(SVGText.number(x($0))) \(upper)V\(lower)" }.joined()
        }
        let end = SVGText.number(x(system.range.upperBound))
        let frame =
            "M\(SVGText.number(Page.left)) \(upper)H\(end)V\(lower)"
            + "H\(SVGText.number(Page.left))z"
        return "<path class=\"beat\" d=\"\(lines(beats))\"/>"
            + "<path class=\"bar\" d=\"\(lines(bars.map(\.tick)))\"/><path class=\"edge\" d=\"\(frame)\"/>"
    }

    /// Beats between the bar lines, where they are far enough apart to be seen.
    private var beats: [Ticks] {
        let perQuarter = roll.score.ticksPerQuarter
        let lines = bars.map(\.tick)
        return zip(lines, lines.dropFirst() + [system.range.upperBound]).flatMap { start, end in
            let meter = roll.score.meterMap.change(at: start).meter
            // Three eighths are a beat in 6/8, 9/8 and 12/8.
            let isCompound =
                meter.denominator >= 8 && meter.numerator > 3 && meter.numerator % 3 == 0
            let (count, size) = isCompound ? (meter.numerator / 3, 3) : (meter.numerator, 1)
            let length = Double(size * 4 * perQuarter) / Double(meter.denominator)
            guard length * page.scale >= 6 else { return [Ticks]() }
            return (1..<max(2, count)).map { start + Ticks(Int(Double($0) * length)) }
                .filter { $0 < end }
        }
    }

    private var seam: String {
        guard let seam = roll.seam, seam < system.range.upperBound else { return "" }
        let start = x(seam)
        var text = rectangle(
            "class=\"new\"", x: start, y: upperEdge, width: x(system.range.upperBound) - start,
            height: keysHeight)
        guard system.range.contains(seam) else { return text }
        text +=
            "<path class=\"seam\" id=\"seam\" d=\"M\(SVGText.number(start)) "
            + "\(SVGText.number(upperEdge - 14))V\(SVGText.number(lowerEdge))\"/>"
            + "<text class=\"call\" x=\"\(SVGText.number(start + 5))\" "
            + "y=\"\(SVGText.number(upperEdge - 12))\">Clara →</text>"
        return text
    }

    private var notes: String {
        var groups: [Int: String] = [:]
        for bar in system.held { groups[bar.part, default: ""] += rectangle(of: bar, isHeld: true) }
        for bar in system.begun {
            groups[bar.part, default: ""] += rectangle(of: bar, isHeld: false)
        }
        return groups.sorted { $0.key < $1.key }.map { part, text in
            "<g class=\"p\(part % RollStyle.partColours)\">\(text)</g>"
        }.joined()
    }

    private func rectangle(of bar: RollSystem.Bar, isHeld: Bool) -> String {
        let note = bar.note
        let start = x(note.onset)
        let shade = "v\(RollStyle.shade(note.velocity.value))"
        // A hair of paper parts a note from the next one of its key.
        let width = max(1.2, x(note.end) - start - 0.6)
        return rectangle(
            "class=\"\(isHeld ? "held " : "")\(shade)\"", x: start,
            y: Page.row * Double(127 - note.pitch.number) + 0.3, width: width,
            height: Page.row - 0.6)
    }

    /// Where any part's pedal is down.
    private var pedalBand: String {
        guard !pedals.isEmpty else { return "" }
        let y = SVGText.number(lowerEdge + 4)
        let shape = pedals.map { press in
            let (start, end) = (x(press.lowerBound), x(press.upperBound))
            let width = SVGText.number(max(0.8, end - start - 1))
            return "M\(SVGText.number(start)) \(y)h\(width)v3h-\(width)z"
        }
        return "<path class=\"pedal\" d=\"\(shape.joined())\"/>"
    }

    private var keyboard: String {
        let x = Page.left - Page.keyboard
        var text = rectangle(
            "class=\"ivory\"", x: x, y: upperEdge, width: Page.keyboard, height: keysHeight)
        text += rectangle(
            "fill=\"url(#keys)\"", x: x, y: upperEdge, width: Page.keyboard, height: keysHeight)
        text +=
            "<path class=\"edge\" d=\"M\(SVGText.number(x)) \(SVGText.number(upperEdge))"
            + "h\(SVGText.number(Page.keyboard))V\(SVGText.number(lowerEdge))"
            + "H\(SVGText.number(x))z\"/>"
        for key in keys where key % 12 == 0 {
            let y = SVGText.number(Page.row * Double(128 - key) - 0.2)
            let name = Pitch(key)?.name ?? ""
            text +=
                "<text class=\"small end\" x=\"\(SVGText.number(x - 4))\" y=\"\(y)\">\(name)</text>"
        }
        return text
    }

    /// Numbers of bars, new meters, and when the line begins.
    private var numbers: String {
        let score = roll.score
        let y = SVGText.number(upperEdge - 4)
        let time = SVGText.time(seconds: score.seconds(at: system.range.lowerBound))
        var text = "<text class=\"small\" x=\"28\" y=\"\(y)\">\(time)</text>"
        var free = 0.0
        for line in bars where x(line.tick) >= free || line.newMeter != nil {
            let meter = line.newMeter.map { " · \($0)" } ?? ""
            let label = "\(line.number)\(meter)"
            let start = x(line.tick)
            text += "<text x=\"\(SVGText.number(start + 2))\" y=\"\(y)\">\(label)</text>"
            free = start + 7 * Double(label.count) + 8
        }
        return text
    }
}
