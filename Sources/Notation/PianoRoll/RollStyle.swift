/// How a piano roll looks. Written out for light and for dark, as not every viewer knows variables.
package enum RollStyle {
    /// Colours of parts, then again from the first: told apart by most eyes (after Okabe and Ito).
    package static let partsInLight = [
        "#0b62a8", "#c8500a", "#0a8060", "#a83d86", "#8a6d00", "#2a8fc4", "#6b4fbb", "#7a4a2a",
    ]
    package static let partsInDark = [
        "#5cb3f2", "#ff9d5c", "#3ccfa0", "#f08fd0", "#e6c84a", "#9ad8ff", "#b7a2ff", "#d8a27e",
    ]
    package static let partColours = partsInLight.count
    /// Steps of loudness that are told apart.
    static let shades = 8

    /// The step of a velocity, 1…127.
    static func shade(_ velocity: Int) -> Int { min(shades - 1, velocity * shades / 128) }

    static let sheet: String = {
        let common = """
            text{font:11px system-ui,sans-serif}.title{font-size:18px;font-weight:600}\
            .small{font-size:8px}.end{text-anchor:end}.beat,.bar,.edge,.seam,.octave{fill:none}\
            .bar{stroke-width:1}.edge{stroke-width:1}.beat{stroke-width:.5}\
            .seam{stroke-width:2;stroke-dasharray:5 3}.call{font-weight:600}
            """
        let loudness = (0..<shades).map { step in
            ".v\(step){fill-opacity:\(SVGText.hundredths(42 + 58 * step / (shades - 1)))}"
        }.joined()
        let light = colours(
            paper: "#fff", ink: "#333", rows: "#eef0f3", beat: "#dfe2e7", bar: "#9aa1ac",
            ivory: "#fff", ebony: "#333", new: "#ffb000", seam: "#d03030", pedal: "#7c8795",
            parts: partsInLight)
        let dark = colours(
            paper: "#16181c", ink: "#d5d8dd", rows: "#1f2228", beat: "#2b2f37", bar: "#5b626e",
            ivory: "#c9cdd3", ebony: "#16181c", new: "#ffb000", seam: "#ff7070", pedal: "#7c8795",
            parts: partsInDark)
        return common + loudness + light + "@media(prefers-color-scheme:dark){\(dark)}"
    }()

    private static func colours(
        paper: String, ink: String, rows: String, beat: String, bar: String, ivory: String,
        ebony: String, new: String, seam: String, pedal: String, parts: [String]
    ) -> String {
        ".paper{fill:\(paper)}text{fill:\(ink)}.row{fill:\(rows)}.beat{stroke:\(beat)}"
            + ".octave{stroke:\(beat)}"
            + ".bar{stroke:\(bar)}.edge{stroke:\(bar)}.ivory{fill:\(ivory)}.ebony{fill:\(ebony)}"
            + ".new{fill:\(new);fill-opacity:.09}.seam{stroke:\(seam)}"
            + ".mark{fill:\(seam)}"
            + ".call{fill:\(seam)}.pedal{fill:\(pedal)}"
            + parts.enumerated().map { ".p\($0){fill:\($1)}" }.joined()
    }
}

extension SVGText {
    /// “.3” for 30, “1” for 100.
    static func hundredths(_ value: Int) -> String {
        value >= 100 ? "1" : value < 10 ? ".0\(value)" : ".\(value)"
    }
}
