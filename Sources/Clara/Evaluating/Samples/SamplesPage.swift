import Notation

/// A page of plots, as an SVG picture: each measure's distribution over the continuations of each author,
/// how many end badly, how many a critic tells, and how alike the authors are to the composers.
///
/// It fits light and dark surroundings.
public struct SamplesPage: Sendable {
    private static let columns = 3
    private static let gap = 18.0
    private static let margin = 22.0
    private static let head = 104.0

    private let report: SamplesReport
    private let panels: [SamplesPanel]

    public init(of report: SamplesReport) {
        self.report = report
        panels = SamplesPanel.all(of: report)
    }

    /// The picture, a whole XML document.
    public var svg: String {
        let rows = (panels.count + Self.columns - 1) / Self.columns
        let panelWidth = SamplesPanel.width
        let panelHeight = panels.first?.height ?? 0
        let width = 2 * Self.margin + Double(Self.columns) * (panelWidth + Self.gap) - Self.gap
        let height = Self.head + Double(rows) * (panelHeight + Self.gap) + Self.margin
        let drawn = panels.enumerated().map { index, panel in
            let x = Self.margin + Double(index % Self.columns) * (panelWidth + Self.gap)
            let y = Self.head + Double(index / Self.columns) * (panelHeight + Self.gap)
            return "<g transform=\"translate(\(SVGText.number(x)) \(SVGText.number(y)))\">"
                + panel.drawing + "</g>\n"
        }
        let size = "\(SVGText.number(width)) \(SVGText.number(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
            width="\(SVGText.number(width))" height="\(SVGText.number(height))" role="img" \
            aria-labelledby="title facts">
            <style>\(Self.sheet)</style>
            <rect class="paper" width="100%" height="100%"/>
            <text class="title" id="title" x="22" y="34">\(SVGText.escaped(title))</text>
            <text id="facts" x="22" y="54">\(SVGText.escaped(facts))</text>
            <text x="22" y="72">Boxes: the middle half, with the median; lines: 90 of 100; dots: \
            means. Bars: shares; their lines: 95 % confidence.</text>
            \(drawn.joined())</svg>

            """
    }

    private var title: String {
        "\(report.prompts) continuations of \(report.continuationBars) bars, after prompts of "
            + "\(report.promptBars)"
    }

    /// From what, and how they were drawn.
    private var facts: String {
        let sampling = report.sampling
        let settings: [(String, Float?)] = [
            ("temperature", sampling.temperature), ("top-k", sampling.topK.map(Float.init)),
            ("top-p", sampling.topP), ("min-p", sampling.minP),
            ("choice frequency", sampling.choiceFrequency),
        ]
        let ngram = report.ngram.map { "; n-gram: order \($0.order), \($0.smoothing)" } ?? ""
        return "\(report.pieces) pieces (\(report.side.rawValue)) of "
            + report.data.joined(separator: ", ") + "; "
            + settings.compactMap { name, value in value.map { "\(name) \($0)" } }
            .joined(separator: ", ") + "; seed \(report.seed)" + ngram
    }

    private static let sheet: String = {
        let common = """
            text{font:11px system-ui,sans-serif}.title{font-size:18px;font-weight:600}\
            .name{font-weight:600}.tick{text-anchor:middle}.author{text-anchor:end}\
            .grid,.whisker,.median{fill:none}.whisker{stroke-width:1.5}.median{stroke-width:2}\
            .box,.bar{fill-opacity:.35;stroke-width:1}
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
