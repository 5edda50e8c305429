import Notation

/// A page of plots, as an SVG picture: each measure's distribution over the continuations of each author.
///
/// A box from the lower to the upper quartile with the median in it, lines to where 5 in 100 are below and
/// above, and a dot at the mean. It fits light and dark surroundings.
public struct SamplesPage: Sendable {
    private static let columns = 3
    private static let panelWidth = 352.0
    private static let gap = 18.0
    private static let margin = 22.0
    private static let head = 86.0
    private static let row = 22.0

    private let report: SamplesReport
    private let measures: [SampleMeasure]

    public init(of report: SamplesReport) {
        self.report = report
        measures = SampleMeasure.allCases.filter { measure in
            report.columns.contains { $0.measures[measure] != nil }
        }
    }

    private var panelHeight: Double { 70 + Self.row * Double(report.columns.count) }

    /// The picture, a whole XML document.
    public var svg: String {
        let rows = (measures.count + Self.columns - 1) / Self.columns
        let width =
            2 * Self.margin + Double(Self.columns) * (Self.panelWidth + Self.gap) - Self.gap
        let height = Self.head + Double(rows) * (panelHeight + Self.gap) + Self.margin
        let panels = measures.enumerated().map { index, measure in
            let x = Self.margin + Double(index % Self.columns) * (Self.panelWidth + Self.gap)
            let y = Self.head + Double(index / Self.columns) * (panelHeight + Self.gap)
            return "<g transform=\"translate(\(SVGText.number(x)) \(SVGText.number(y)))\">"
                + panel(measure) + "</g>\n"
        }
        let size = "\(SVGText.number(width)) \(SVGText.number(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
            width="\(SVGText.number(width))" height="\(SVGText.number(height))" role="img" \
            aria-labelledby="title facts">
            <style>\(Self.sheet)</style>
            <rect class="paper" width="100%" height="100%"/>
            <text class="title" id="title" x="22" y="34">\(SVGText.escaped(title))</text>
            <text id="facts" x="22" y="54">Boxes: the middle half, with the median; lines: 90 of 100; \
            dots: means.</text>
            \(panels.joined())</svg>

            """
    }

    private var title: String {
        "\(report.prompts) continuations of \(report.continuationBars) bars, after prompts of "
            + "\(report.promptBars)"
    }

    private func panel(_ measure: SampleMeasure) -> String {
        let unit = measure.unit.isEmpty ? "" : " (\(measure.unit))"
        let summaries = report.columns.map { $0.measures[measure] }
        let axis = PlotAxis(
            from: summaries.compactMap { $0?.fifth }.min() ?? 0,
            to: summaries.compactMap { $0?.ninetyFifth }.max() ?? 1,
            left: 96, right: Self.panelWidth - 16)
        let bottom = 30 + Self.row * Double(report.columns.count)
        var text =
            "<rect class=\"panel\" width=\"\(SVGText.number(Self.panelWidth))\" "
            + "height=\"\(SVGText.number(panelHeight))\" rx=\"4\"/>"
            + "<text class=\"name\" x=\"12\" y=\"20\">\(SVGText.escaped(measure.title + unit))</text>"
        for tick in axis.ticks {
            let x = SVGText.number(axis.place(of: tick))
            text +=
                "<path class=\"grid\" d=\"M\(x) 30V\(SVGText.number(bottom + 4))\"/>"
                + "<text class=\"tick\" x=\"\(x)\" y=\"\(SVGText.number(bottom + 20))\">"
                + "\(axis.label(of: tick))</text>"
        }
        for (index, column) in report.columns.enumerated() {
            let y = 30 + Self.row * (Double(index) + 0.5)
            text +=
                "<text class=\"author\" x=\"88\" y=\"\(SVGText.number(y + 4))\">"
                + "\(SVGText.escaped(Self.short(column.name)))</text>"
            guard let summary = summaries[index] else { continue }
            text += box(summary, on: axis, y: y, style: index % RollStyle.partColours)
        }
        return text
    }

    private func box(_ summary: SampleSummary, on axis: PlotAxis, y: Double, style: Int) -> String {
        func x(_ value: Double) -> String { SVGText.number(axis.place(of: value)) }
        let width = axis.place(of: summary.upperQuartile) - axis.place(of: summary.lowerQuartile)
        let (middle, top) = (SVGText.number(y), SVGText.number(y - 6))
        return "<g class=\"c\(style)\"><path class=\"whisker\" d=\"M\(x(summary.fifth)) \(middle)"
            + "H\(x(summary.ninetyFifth))\"/>"
            + "<rect class=\"box\" x=\"\(x(summary.lowerQuartile))\" y=\"\(top)\" "
            + "width=\"\(SVGText.number(max(1, width)))\" height=\"12\"/>"
            + "<path class=\"median\" d=\"M\(x(summary.median)) \(top)v12\"/>"
            + "<circle cx=\"\(x(summary.mean))\" cy=\"\(middle)\" r=\"2.5\"/></g>"
    }

    private static func short(_ name: String) -> String {
        name.count <= 13 ? name : "…" + name.suffix(12)
    }

    private static let sheet: String = {
        let common = """
            text{font:11px system-ui,sans-serif}.title{font-size:18px;font-weight:600}\
            .name{font-weight:600}.tick{text-anchor:middle}.author{text-anchor:end}\
            .grid,.whisker,.median{fill:none}.whisker{stroke-width:1.5}.median{stroke-width:2}\
            .box{fill-opacity:.35;stroke-width:1}
            """
        let light = colours(
            paper: "#fff", ink: "#333", panel: "#f6f7f9", grid: "#dfe2e7",
            authors: RollStyle.partsInLight)
        let dark = colours(
            paper: "#16181c", ink: "#d5d8dd", panel: "#1f2228", grid: "#343a44",
            authors: RollStyle.partsInDark)
        return common + light + "@media(prefers-color-scheme:dark){\(dark)}"
    }()

    private static func colours(
        paper: String, ink: String, panel: String, grid: String, authors: [String]
    ) -> String {
        ".paper{fill:\(paper)}text{fill:\(ink)}.panel{fill:\(panel)}.grid{stroke:\(grid)}"
            + authors.enumerated().map { ".c\($0){fill:\($1);stroke:\($1)}" }.joined()
    }
}
