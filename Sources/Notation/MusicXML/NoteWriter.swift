import Score

/// Writes the notes and rests of one voice.
struct NoteWriter {
    /// How many fine ticks a division has.
    let unit: Int
    /// From 1 on, through all staves of the part.
    let voice: Int
    /// Nil where the part has one staff.
    let staff: Int?
    /// Which way stems go; nil where the engraver may choose.
    let stem: String?

    func write(_ event: VoiceBar.Event, to xml: inout XMLText) {
        switch event.kind {
        case .gap:
            xml.element("forward") { xml in
                xml.leaf("duration", event.length / unit)
                xml.leaf("voice", voice)
                if let staff { xml.leaf("staff", staff) }
            }
        case .rest:
            xml.element("note") { xml in
                xml.leaf("rest", event.value == nil ? [("measure", "yes")] : [])
                xml.leaf("duration", event.length / unit)
                writeVoiceAndValue(event, to: &xml)
                if let staff { xml.leaf("staff", staff) }
                writeNotations(event, nil, isFirst: true, to: &xml)
            }
        case .notes:
            for (place, head) in event.heads.enumerated() {
                xml.element("note") { write(event, head, isFirst: place == 0, to: &$0) }
            }
        }
    }

    private func write(
        _ event: VoiceBar.Event, _ head: VoiceBar.Head, isFirst: Bool, to xml: inout XMLText
    ) {
        if event.isGrace { xml.leaf("grace", [("slash", "yes")]) }
        if !isFirst { xml.leaf("chord") }
        xml.element("pitch") { xml in
            xml.leaf("step", [], head.pitch.letter)
            if head.pitch.alter != 0 { xml.leaf("alter", head.pitch.alter) }
            xml.leaf("octave", head.pitch.octave)
        }
        if !event.isGrace { xml.leaf("duration", event.length / unit) }
        if head.isTiedFromBefore { xml.leaf("tie", [("type", "stop")]) }
        if head.isTiedOn { xml.leaf("tie", [("type", "start")]) }
        writeVoiceAndValue(event, head, to: &xml)
        if let stem, (event.value?.halvings ?? 3) > 0 { xml.leaf("stem", [], stem) }
        if let staff { xml.leaf("staff", staff) }
        if isFirst {
            for (level, beam) in event.beams.enumerated() {
                xml.leaf("beam", [("number", String(level + 1))], beam.rawValue)
            }
        }
        writeNotations(event, head, isFirst: isFirst, to: &xml)
    }

    private func writeVoiceAndValue(
        _ event: VoiceBar.Event, _ head: VoiceBar.Head? = nil, to xml: inout XMLText
    ) {
        xml.leaf("voice", voice)
        if let value = event.value {
            xml.leaf("type", [], value.name)
            for _ in 0..<value.dots { xml.leaf("dot") }
        } else if event.isGrace {
            xml.leaf("type", [], "eighth")
        }
        if let head, let mark = head.accidental {
            xml.leaf(
                "accidental", mark == .courtesy ? [("parentheses", "yes")] : [],
                Self.accidental(head.pitch.alter))
        }
        if let tuplet = event.tuplet {
            xml.element("time-modification") { xml in
                xml.leaf("actual-notes", tuplet.actual)
                xml.leaf("normal-notes", tuplet.normal)
                if tuplet.unit != event.value { xml.leaf("normal-type", [], tuplet.unit.name) }
            }
        }
    }

    private func writeNotations(
        _ event: VoiceBar.Event, _ head: VoiceBar.Head?, isFirst: Bool, to xml: inout XMLText
    ) {
        let edges = event.tuplet.map { isFirst ? [$0.isFirst, $0.isLast] : [] } ?? []
        let ties = head.map { [$0.isTiedFromBefore, $0.isTiedOn] } ?? []
        guard edges.contains(true) || ties.contains(true) else { return }
        xml.element("notations") { xml in
            if let head {
                if head.isTiedFromBefore { xml.leaf("tied", [("type", "stop")]) }
                if head.isTiedOn { xml.leaf("tied", [("type", "start")]) }
            }
            guard let tuplet = event.tuplet, isFirst else { return }
            if tuplet.isFirst {
                xml.element(
                    "tuplet",
                    [("type", "start"), ("bracket", tuplet.hasBracket ? "yes" : "no")]
                ) { xml in
                    Self.write("tuplet-actual", tuplet.actual, tuplet.unit, to: &xml)
                    Self.write("tuplet-normal", tuplet.normal, tuplet.unit, to: &xml)
                }
            }
            if tuplet.isLast { xml.leaf("tuplet", [("type", "stop")]) }
        }
    }

    private static func write(
        _ name: String, _ count: Int, _ unit: NoteValue, to xml: inout XMLText
    ) {
        xml.element(name) { xml in
            xml.leaf("tuplet-number", count)
            xml.leaf("tuplet-type", [], unit.name)
        }
    }

    private static func accidental(_ alter: Int) -> String {
        switch alter {
        case 2: "double-sharp"
        case 1: "sharp"
        case 0: "natural"
        case -1: "flat"
        case -2: "flat-flat"
        default: alter > 0 ? "triple-sharp" : "triple-flat"
        }
    }
}
