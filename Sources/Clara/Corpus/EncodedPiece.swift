import Similarity

/// A piece of a collection as its encoding's token ids, without start and end tokens.
package struct EncodedPiece: Sendable {
    /// Path from the folder that was named, as found.
    package let path: String
    /// Ids below 65,536, two bytes each: a collection stays in memory.
    let tokens: [UInt16]
    /// Note starts.
    package let notes: Int
    package let content: MusicContent
    /// What it is known by in another key, tempo or performance.
    package let fingerprint: Fingerprint
    let labels: PieceLabels
    /// How many notes each General MIDI program plays, drums aside.
    let programs: [Int: Int]
    /// Those of the encoding's styles that it is in, the narrowest first.
    package var styles: [String] = []

    init(
        path: String, tokens: [Int], notes: Int, content: MusicContent, fingerprint: Fingerprint,
        labels: PieceLabels, programs: [Int: Int]
    ) {
        self.path = path
        self.tokens = tokens.map { UInt16($0) }
        self.notes = notes
        self.content = content
        self.fingerprint = fingerprint
        self.labels = labels
        self.programs = programs
    }
}
