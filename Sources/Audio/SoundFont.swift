import Files

/// A SoundFont: recorded instruments, by General MIDI's numbers, in one file (.sf2, or compressed .sf3).
public struct SoundFont: Hashable, Sendable {
    public let path: String

    /// - Throws: `SoundError.unusableSoundFont` when there is no such file or it is of another kind.
    public init(path: String) throws(SoundError) {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw .unusableSoundFont(file: path, reason: "\(error)")
        }
        // RIFF, the length, then the form.
        let isSoundFont = withExtendedLifetime(file) {
            file.bytes.starts(with: "RIFF".utf8)
                && file.bytes.dropFirst(8).starts(with: "sfbk".utf8)
        }
        guard isSoundFont else {
            throw .unusableSoundFont(file: path, reason: "it is another kind of file")
        }
        self.path = path
    }
}
