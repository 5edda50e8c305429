import MIDIFile

extension EventFile {
    /// The name of the first of several tracks where it strikes no note: by custom that of the piece.
    var nameOfLeadingTrack: String? {
        let tracks = tracks
        guard tracks.count > 1, let leading = tracks.first else { return nil }
        var name: ArraySlice<UInt8>?
        for event in leading.lazy.map(\.event) {
            switch event {
            case .channel(let message) where message.kind == .noteOn: return nil
            case .meta(let meta) where meta.textKind == .trackName: name = name ?? meta.data
            default: continue
            }
        }
        return name.map { textEncoding.text($0).trimmed }
    }
}
