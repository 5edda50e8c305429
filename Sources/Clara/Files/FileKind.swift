/// A kind of file that is written, told by the ending of its name.
public enum FileKind: Hashable, Sendable {
    case svg, pdf, musicXML, midi, model, originalityIndex

    /// What the names of such files end in, the usual ending first.
    var endings: [String] {
        switch self {
        case .svg: ["svg"]
        case .pdf: ["pdf"]
        case .musicXML: ["musicxml", "xml"]
        case .midi: ["mid", "midi"]
        case .model: ["safetensors"]
        case .originalityIndex: ["originality"]
        }
    }

    /// As errors name it.
    var name: String {
        switch self {
        case .svg: "an SVG picture"
        case .pdf: "a PDF"
        case .musicXML: "MusicXML"
        case .midi: "a MIDI file"
        case .model: "a model"
        case .originalityIndex: "an index for clara originality"
        }
    }
}
