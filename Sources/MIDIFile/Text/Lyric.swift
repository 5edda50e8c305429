import Score

/// A piece of text that belongs to a moment: a syllable, as a rule.
public struct Lyric: Hashable, Sendable {
    /// Counted from 1.
    public let track: Int
    public let tick: Ticks
    /// True for lyric events; false for the texts that karaoke files have instead.
    public let isLyric: Bool
    public let text: String
}

extension EventFile {
    /// How the file's texts are to be read where they are not UTF-8. Linear in the size of the file.
    public var textEncoding: TextEncoding {
        var evidence = TextEvidence()
        for track in tracks {
            for case .meta(let meta) in track.lazy.map(\.event) where meta.textKind != nil {
                evidence.add(meta.data)
            }
        }
        return evidence.encoding
    }

    /// Lyric events, and texts after the start, in order of track and time.
    ///
    /// Their signs stay in them: in lyrics, a space ends a word and a return a line (RP-017); in texts of
    /// karaoke files, a slash begins a line and a backslash a page.
    public func lyrics() -> [Lyric] {
        let encoding = textEncoding
        var lyrics: [Lyric] = []
        for (index, track) in tracks.enumerated() {
            for event in track {
                guard case .meta(let meta) = event.event, let kind = meta.textKind,
                    kind == .lyric || kind == .text && event.tick > .zero
                else { continue }
                lyrics.append(
                    Lyric(
                        track: index + 1, tick: event.tick, isLyric: kind == .lyric,
                        text: encoding.text(meta.data)))
            }
        }
        return lyrics
    }
}
