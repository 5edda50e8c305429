import Score

extension SheetMusic {
    /// The score as a MusicXML 4.0 document, partwise.
    ///
    /// Specification: *MusicXML 4.0*, W3C Music Notation Community Group, 2021.
    ///
    /// - Parameter software: what is named as the encoding software.
    package func musicXML(software: String = "Clara") -> String {
        var xml = XMLText()
        xml.line(
            "<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" "
                + "\"http://www.musicxml.org/dtds/partwise.dtd\">")
        xml.element("score-partwise", [("version", "4.0")]) { xml in
            xml.element("work") { $0.leaf("work-title", [], title) }
            xml.element("identification") { xml in
                if let composer { xml.leaf("creator", [("type", "composer")], composer) }
                xml.element("encoding") { $0.leaf("software", [], software) }
            }
            xml.element("part-list") { xml in
                for (index, part) in parts.enumerated() { Self.write(part, index, to: &xml) }
            }
            let unit = timeUnit
            for (index, part) in parts.enumerated() {
                xml.element("part", [("id", "P\(index + 1)")]) { xml in
                    let writer = MeasureWriter(sheet: self, part: part, unit: unit)
                    for bar in bars.indices {
                        writer.write(bar, leads: index == 0, to: &xml)
                    }
                }
            }
        }
        return xml.text
    }

    private static func write(_ part: SheetPart, _ index: Int, to xml: inout XMLText) {
        let id = "P\(index + 1)"
        // Channel 10 is for drums.
        let channel = index % 15 + (index % 15 < 9 ? 1 : 2)
        xml.element("score-part", [("id", id)]) { xml in
            xml.leaf("part-name", [], part.name)
            xml.element("score-instrument", [("id", "\(id)-I1")]) {
                $0.leaf("instrument-name", [], GeneralMIDI.instrument(part.program))
            }
            xml.element("midi-instrument", [("id", "\(id)-I1")]) { xml in
                xml.leaf("midi-channel", channel)
                xml.leaf("midi-program", part.program + 1)
            }
        }
    }

    /// The longest time of which every time in the score is a multiple, in fine ticks; it divides a
    /// quarter.
    private var timeUnit: Int {
        var unit = FineTime.quarter
        func include(_ time: Int) {
            var (a, b) = (unit, time)
            while b != 0 { (a, b) = (b, a % b) }
            unit = a
        }
        for bar in bars { include(bar.length) }
        for tempo in tempos { include(tempo.time) }
        for part in parts {
            for pedal in part.pedals {
                include(pedal.lowerBound)
                include(pedal.upperBound)
            }
            for event in part.staves.flatMap(\.bars).joined().flatMap(\.events) {
                include(event.length)
            }
        }
        return unit
    }
}
