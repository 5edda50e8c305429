import Measures
import Notation

/// One plot of the page: a row for each author.
struct SamplesPanel {
    /// What a row shows.
    enum Mark {
        /// A box from the lower to the upper quartile with the median in it, lines to where 5 in 100 are
        /// below and above, and a dot at the mean.
        case distribution(SampleSummary)
        /// A bar from 0, and a line over the confidence interval where there is one.
        case share(Double, confidence: ClosedRange<Double>? = nil)
    }

    static let width = 352.0
    private static let row = 22.0
    private static let top = 30.0

    private let title: String
    private let authors: [String]
    /// In the order of the authors; nil where one has no such figure.
    private let marks: [Mark?]

    var height: Double { 70 + Self.row * Double(authors.count) }

    /// Of everything that the report has: measures, faults, the critic, overlaps.
    static func all(of report: SamplesReport) -> [SamplesPanel] {
        let measures = SampleMeasure.allCases.map { measure in
            SamplesPanel(
                report, measure.title + (measure.unit.isEmpty ? "" : " (\(measure.unit))")
            ) { $0.measures[measure].map { .distribution($0) } }
        }
        let faults = TakeFault.allCases.map { fault in
            SamplesPanel(report, fault.title) {
                .share(Double($0.faults.count(of: fault)) / Double(max(1, report.prompts)))
            }
        }
        let critic = SamplesPanel(report, "told from composers by a plain critic") {
            $0.critic.map { .share($0.accuracy, confidence: $0.lowest...$0.highest) }
        }
        let overlaps = MusicFeature.allCases.map { feature in
            SamplesPanel(report, "overlapped area: \(feature.title)") { column in
                column.overlaps.first { $0.feature == feature.rawValue }.map { .share($0.area) }
            }
        }
        return (measures + faults + [critic] + overlaps).filter { panel in
            panel.marks.contains { $0 != nil }
        }
    }

    private init(
        _ report: SamplesReport, _ title: String, mark: (SamplesReport.Column) -> Mark?
    ) {
        self.title = title
        authors = report.columns.map { Self.short($0.name) }
        marks = report.columns.map(mark)
    }

    /// SVG, from the panel's upper left corner.
    var drawing: String {
        let axis = axis
        let bottom = Self.top + Self.row * Double(authors.count)
        var text =
            "<rect class=\"panel\" width=\"\(SVGText.number(Self.width))\" "
            + "height=\"\(SVGText.number(height))\" rx=\"4\"/>"
            + "<text class=\"name\" x=\"12\" y=\"20\">\(SVGText.escaped(title))</text>"
        for tick in axis.ticks {
            let x = SVGText.number(axis.place(of: tick))
            text +=
                "<path class=\"grid\" d=\"M\(x) 30V\(SVGText.number(bottom + 4))\"/>"
                + "<text class=\"tick\" x=\"\(x)\" y=\"\(SVGText.number(bottom + 20))\">"
                + "\(axis.label(of: tick))</text>"
        }
        for (index, author) in authors.enumerated() {
            let y = Self.top + Self.row * (Double(index) + 0.5)
            text +=
                "<text class=\"author\" x=\"88\" y=\"\(SVGText.number(y + 4))\">"
                + "\(SVGText.escaped(author))</text>"
            guard let mark = marks[index] else { continue }
            text +=
                "<g class=\"c\(index % RollStyle.partColours)\">" + drawn(mark, on: axis, y: y)
                + "</g>"
        }
        return text
    }

    private var axis: PlotAxis {
        var values: [Double] = []
        for mark in marks {
            switch mark {
            case .distribution(let summary): values += [summary.fifth, summary.ninetyFifth]
            case .share(let share, let confidence):
                values += [0, share, confidence?.upperBound ?? share]
            case nil: continue
            }
        }
        return PlotAxis(
            from: values.min() ?? 0, to: values.max() ?? 1, left: 96, right: Self.width - 16)
    }

    private func drawn(_ mark: Mark, on axis: PlotAxis, y: Double) -> String {
        func x(_ value: Double) -> String { SVGText.number(axis.place(of: value)) }
        func block(_ name: String, from low: Double, to high: Double) -> String {
            let width = axis.place(of: high) - axis.place(of: low)
            return "<rect class=\"\(name)\" x=\"\(x(low))\" y=\"\(SVGText.number(y - 6))\" "
                + "width=\"\(SVGText.number(max(1, width)))\" height=\"12\"/>"
        }
        func line(_ low: Double, _ high: Double) -> String {
            "<path class=\"whisker\" d=\"M\(x(low)) \(SVGText.number(y))H\(x(high))\"/>"
        }
        switch mark {
        case .distribution(let summary):
            return line(summary.fifth, summary.ninetyFifth)
                + block("box", from: summary.lowerQuartile, to: summary.upperQuartile)
                + "<path class=\"median\" d=\"M\(x(summary.median)) \(SVGText.number(y - 6))v12\"/>"
                + "<circle cx=\"\(x(summary.mean))\" cy=\"\(SVGText.number(y))\" r=\"2.5\"/>"
        case .share(let share, let confidence):
            return block("bar", from: 0, to: share)
                + (confidence.map { line($0.lowerBound, $0.upperBound) } ?? "")
        }
    }

    private static func short(_ name: String) -> String {
        name.count <= 13 ? name : "…" + name.suffix(12)
    }
}
