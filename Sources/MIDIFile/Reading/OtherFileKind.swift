/// Names what a file is that is not a MIDI file, by its first bytes.
enum OtherFileKind {
    private static let signatures: [(offset: Int, bytes: [UInt8], name: String)] = [
        (0, [0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (0, [0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        (0, Array("GIF8".utf8), "a GIF picture"),
        (8, Array("WEBP".utf8), "a WebP picture"),
        (0, Array("%PDF".utf8), "a PDF document"),
        (8, Array("WAVE".utf8), "a WAVE sound file"),
        (8, Array("AVI ".utf8), "an AVI film"),
        (0, Array("FORM".utf8), "an AIFF sound file"),
        (0, Array("OggS".utf8), "an Ogg sound file"),
        (0, Array("fLaC".utf8), "a FLAC sound file"),
        (0, Array("ID3".utf8), "an MP3 sound file"),
        (0, [0xFF, 0xFB], "an MP3 sound file"),
        (4, Array("ftyp".utf8), "an MP4 sound or film file"),
        (0, Array("SMF2CLIP".utf8), "a MIDI 2.0 clip"),
        (0, [0xF0], "a MIDI system exclusive dump"),
        (0, Array("PK\u{3}\u{4}".utf8), "a ZIP archive (or a compressed score)"),
        (0, [0x1F, 0x8B], "a gzip archive"),
        (0, [0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"),
        (0, Array("Rar!".utf8), "a RAR archive"),
        (0, [0x7F, 0x45, 0x4C, 0x46], "a program"),
        (0, Array("!!!".utf8), "a Humdrum score"),
        (0, Array("**kern".utf8), "a Humdrum score"),
        (0, Array("X:".utf8), "an ABC score"),
    ]

    /// A noun with its article, or nil when the bytes say nothing.
    static func name(of bytes: [UInt8]) -> String? {
        for (offset, signature, name) in signatures
        where bytes.dropFirst(offset).starts(with: signature) {
            return name
        }
        let head = bytes.prefix(4096)
        guard head.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }),
            let text = String(validating: wholeCharacters(head), as: UTF8.self)
        else { return nil }
        if text.contains("<score-partwise") || text.contains("<score-timewise") {
            return "a MusicXML score"
        }
        if text.lowercased().contains("<html") { return "a web page" }
        return text.hasPrefix("<?xml") ? "an XML file" : "a text file"
    }

    /// Without a character that the end cuts in two.
    private static func wholeCharacters(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.count == 4096, let lead = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }),
            bytes[lead] >= 0xC0
        else { return bytes }
        return bytes[..<lead]
    }
}
