/// Large files whose few bytes an event ask for the most memory and time.
enum HostileFiles {
    /// Bytes of each, about.
    static let size = 3 << 20

    /// Each with a word on what it is full of.
    static var all: [(name: String, bytes: [UInt8])] {
        [
            ("strikes by running status", track([0x90, 60, 1], then: [0, 60, 1])),
            ("strikes of all keys", track([0x90], cycling: 128) { [0, $0, 1] }),
            ("a part for each strike", track([], cycling: 128) { [0, 0xC0, $0, 0, 0x90, 60, 1] }),
            ("short notes", track([0x90, 60, 1], then: [1, 60, 0, 0, 60, 1])),
            ("presses of the pedal", track([0xB0, 64, 0], then: [0, 64, 127, 1, 64, 0])),
            ("tempo changes", track([], then: [1, 0xFF, 0x51, 3, 1, 2, 3])),
            ("meters", track([], then: [1, 0xFF, 0x58, 4, 3, 2, 24, 8])),
            ("keys", track([], then: [1, 0xFF, 0x59, 2, 1, 0])),
            ("empty texts", track([], then: [0, 0xFF, 1, 0])),
            ("bytes of text", track([], then: [0, 0xFF, 1, 1, 65])),
            ("exclusives", track([], then: [0, 0xF0, 1, 0xF7])),
            ("stray releases", track([0x80, 60, 1], then: [0, 60, 1])),
            ("data without status", track([], then: [0, 1])),
            ("one long number", track([], then: [0x80])),
            ("tracks", tracks([0, 0xFF, 0x2F, 0])),
            ("tracks with a note", tracks([0, 0x90, 60, 1, 1, 60, 0, 0, 0xFF, 0x2F, 0])),
            ("nameless chunks", header + repeated(Array("XXXX".utf8) + [0, 0, 0, 0])),
            ("heads of tracks", header + repeated(Array("MTrk".utf8) + [0, 0xFF, 0, 0])),
            ("a clip's notes", clip([0x2090_3C50])),
            ("a clip's strikes of 64 bits", clip([0x4090_3C00, 0x8000_0000])),
            ("a clip's tempos", clip([0x0040_0001, 0xD010_0000, 0x02FA_F080, 0, 0])),
        ]
    }

    private static let header: [UInt8] =
        Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0xFF, 0xFF, 1, 0xE0]

    private static func repeated(_ piece: [UInt8]) -> [UInt8] {
        Array(repeatElement(piece, count: size / piece.count).joined())
    }

    /// One track: a first event at once, then the same again and again.
    private static func track(_ first: [UInt8], then piece: [UInt8]) -> [UInt8] {
        track(events: (first.isEmpty ? [] : [0] + first) + repeated(piece))
    }

    /// One track of pieces that differ in a byte, 0 ..< `cycling`.
    private static func track(
        _ status: [UInt8], cycling: Int, _ piece: (UInt8) -> [UInt8]
    ) -> [UInt8] {
        let cycle = (0..<cycling).flatMap { piece(UInt8($0)) }
        return track(events: (status.isEmpty ? [] : [0] + status + [0, 0]) + repeated(cycle))
    }

    private static func track(events: [UInt8]) -> [UInt8] {
        let length = events.count
        return header + Array("MTrk".utf8)
            + (0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + events
    }

    private static func tracks(_ events: [UInt8]) -> [UInt8] {
        header + repeated(Array("MTrk".utf8) + [0, 0, 0, UInt8(events.count)] + events)
    }

    private static func clip(_ words: [UInt32]) -> [UInt8] {
        func bytes(_ words: [UInt32]) -> [UInt8] {
            words.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
        }
        let start = bytes([0x0040_0000, 0x0030_01E0, 0x0040_0000, 0xF020_0000, 0, 0, 0])
        return Array("SMF2CLIP".utf8) + start + repeated(bytes([0x0040_0000] + words))
    }
}
