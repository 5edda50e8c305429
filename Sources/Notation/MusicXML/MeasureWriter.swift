import Score

/// Writes the measures of one part.
struct MeasureWriter {
    let sheet: SheetMusic
    let part: SheetPart
    /// How many fine ticks a division has.
    let unit: Int

    /// - Parameter leads: whether this is the first part, which has the tempo marks.
    func write(_ index: Int, leads: Bool, to xml: inout XMLText) {
        let bar = sheet.bars[index]
        var attributes = [("number", String(bar.number))]
        if bar.isUpbeat { attributes.append(("implicit", "yes")) }
        xml.element("measure", attributes) { xml in
            writeAttributes(index, to: &xml)
            if leads { writeTempos(in: bar, to: &xml) }
            writePedals(in: bar, isLast: index + 1 == sheet.bars.count, to: &xml)
            for staff in part.staves.indices {
                for (place, voice) in part.staves[staff].bars[index].enumerated() {
                    if staff > 0 || place > 0 {
                        xml.element("backup") { $0.leaf("duration", bar.length / unit) }
                    }
                    write(voice, staff, part.staves[staff].bars[index].count, to: &xml)
                }
            }
            if index + 1 == sheet.bars.count {
                xml.element("barline", [("location", "right")]) {
                    $0.leaf("bar-style", [], "light-heavy")
                }
            }
        }
    }

    private func writeAttributes(_ index: Int, to xml: inout XMLText) {
        let bar = sheet.bars[index]
        let former = index > 0 ? sheet.bars[index - 1] : nil
        let hasKey = former?.key.sharps != bar.key.sharps
        let hasMeter = former?.meter != bar.meter
        let clefs = part.staves.indices.filter { staff in
            let clefs = part.staves[staff].clefs
            return index == 0 || clefs[index] != clefs[index - 1]
        }
        guard former == nil || hasKey || hasMeter || !clefs.isEmpty else { return }
        xml.element("attributes") { xml in
            if former == nil { xml.leaf("divisions", FineTime.quarter / unit) }
            if hasKey {
                xml.element("key") { xml in
                    xml.leaf("fifths", bar.key.sharps)
                    xml.leaf("mode", [], bar.key.mode.rawValue)
                }
            }
            if hasMeter {
                xml.element("time") { xml in
                    xml.leaf("beats", bar.meter.numerator)
                    xml.leaf("beat-type", bar.meter.denominator)
                }
            }
            if former == nil, part.staves.count > 1 { xml.leaf("staves", part.staves.count) }
            for staff in clefs { write(part.staves[staff].clefs[index], staff, to: &xml) }
        }
    }

    private func write(_ clef: Clef, _ staff: Int, to xml: inout XMLText) {
        let attributes = part.staves.count > 1 ? [("number", String(staff + 1))] : []
        xml.element("clef", attributes) { xml in
            xml.leaf("sign", [], clef.sign)
            xml.leaf("line", clef.line)
            if clef.soundsOctaveLower { xml.leaf("clef-octave-change", -1) }
        }
    }

    private func writeTempos(in bar: Bar, to xml: inout XMLText) {
        for tempo in sheet.tempos where tempo.time >= bar.start && tempo.time < bar.end {
            let isCompound = MetricTree.isCompound(bar.meter) && bar.meter.denominator == 8
            let beats = tempo.quartersPerMinute / (isCompound ? 1.5 : 1)
            xml.element("direction", [("placement", "above")]) { xml in
                xml.element("direction-type") { xml in
                    xml.element("metronome") { xml in
                        xml.leaf("beat-unit", [], "quarter")
                        if isCompound { xml.leaf("beat-unit-dot") }
                        xml.leaf("per-minute", [], String(Int(beats.rounded())))
                    }
                }
                writeOffset(tempo.time - bar.start, to: &xml)
                xml.leaf("sound", [("tempo", String(tempo.quartersPerMinute))])
            }
        }
    }

    private func writePedals(in bar: Bar, isLast: Bool, to xml: inout XMLText) {
        let end = isLast ? bar.end + 1 : bar.end
        for (index, pedal) in part.pedals.enumerated()
        where pedal.upperBound >= bar.start && pedal.lowerBound < end {
            let isChange = index > 0 && part.pedals[index - 1].upperBound == pedal.lowerBound
            if pedal.lowerBound >= bar.start {
                writePedal(
                    isChange ? "change" : "start", at: pedal.lowerBound - bar.start, to: &xml)
            }
            let next = index + 1 < part.pedals.count ? part.pedals[index + 1].lowerBound : nil
            if pedal.upperBound < end, next != pedal.upperBound {
                writePedal("stop", at: pedal.upperBound - bar.start, to: &xml)
            }
        }
    }

    private func writePedal(_ type: String, at time: Int, to xml: inout XMLText) {
        xml.element("direction", [("placement", "below")]) { xml in
            xml.element("direction-type") {
                $0.leaf("pedal", [("type", type), ("line", "yes")])
            }
            writeOffset(time, to: &xml)
            if part.staves.count > 1 { xml.leaf("staff", part.staves.count) }
        }
    }

    private func writeOffset(_ time: Int, to xml: inout XMLText) {
        if time > 0 { xml.leaf("offset", time / unit) }
    }

    private func write(
        _ voice: VoiceBar, _ staff: Int, _ voices: Int, to xml: inout XMLText
    ) {
        let writer = NoteWriter(
            unit: unit, voice: staff * 4 + voice.voice + 1,
            staff: part.staves.count > 1 ? staff + 1 : nil,
            stem: voices > 1 ? (voice.voice % 2 == 0 ? "up" : "down") : nil)
        for event in voice.events { writer.write(event, to: &xml) }
    }
}
