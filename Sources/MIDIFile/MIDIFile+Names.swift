extension MIDIFile {
    /// How the names of files that can be read end, in lower case, without the dot: `.kar` with lyrics,
    /// `.rmi` in RIFF, `.midi2` as a clip.
    public static let fileExtensions: Set = ["mid", "midi", "smf", "kar", "rmi", "midi2"]

    /// Whether the last part of a path ends as MIDI files' names do, in capitals or not.
    package static func isName(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return false }
        return fileExtensions.contains(name[name.index(after: dot)...].lowercased())
    }
}
