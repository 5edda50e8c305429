import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A MusicXML document as a reader sees it.
final class MusicXMLOutline: NSObject, XMLParserDelegate {
    struct Note {
        var part = 0
        var bar = 0
        /// In divisions from the bar line.
        var start = 0
        var duration = 0
        var voice = ""
        var isChord = false
        var isGrace = false
        var isRest = false
        var step = ""
        var alter = 0
        var octave = 0
        var ties: [String] = []
        /// By level.
        var beams: [Int: String] = [:]
        var tuplets: [String] = []

        var pitch: Int {
            (octave + 1) * 12 + alter
                + (["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11][step] ?? 0)
        }
    }

    private(set) var notes: [Note] = []
    private(set) var divisions = 1
    /// For each part and bar, how far each voice's times reach.
    private(set) var lengths: [[[String: Int]]] = []
    private(set) var elements: Set<String> = []
    private(set) var texts: [String: String] = [:]

    private var note: Note?
    private var text = ""
    private var at = 0
    private var duration = 0
    private var voice = ""

    /// Nil where the text is no XML.
    init?(_ document: String) {
        super.init()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        text = ""
        elements.insert(name)
        switch name {
        case "part": lengths.append([])
        case "measure":
            lengths[lengths.count - 1].append([:])
            at = 0
        case "note": note = Note(part: lengths.count - 1, bar: (lengths.last?.count ?? 0) - 1)
        case "tie": note?.ties.append(attributes["type"] ?? "")
        case "tuplet": note?.tuplets.append(attributes["type"] ?? "")
        case "beam": note?.beams[Int(attributes["number"] ?? "") ?? 0] = ""
        case "chord": note?.isChord = true
        case "grace": note?.isGrace = true
        case "rest": note?.isRest = true
        case "backup", "forward": duration = 0
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        let number = Int(text) ?? 0
        switch name {
        case "divisions": divisions = number
        case "duration":
            duration = number
            note?.duration = number
        case "voice":
            voice = text
            note?.voice = text
        case "step": note?.step = text
        case "alter": note?.alter = number
        case "octave": note?.octave = number
        case "beam":
            let level = note?.beams.first { $0.value.isEmpty }?.key
            level.map { note?.beams[$0] = text }
        case "backup": at -= duration
        case "forward": advance(duration, voice)
        case "note": endNote()
        default: texts[name] = text
        }
    }

    private func endNote() {
        guard var note else { return }
        self.note = nil
        if note.isChord, let former = notes.last {
            note.start = former.start
        } else {
            note.start = at
            advance(note.duration, note.voice)
        }
        notes.append(note)
    }

    private func advance(_ duration: Int, _ voice: String) {
        at += duration
        let part = lengths.count - 1
        lengths[part][lengths[part].count - 1][voice] = at
    }
}
