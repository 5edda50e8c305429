/// Why there is no score, or no page of it.
public enum EngravingError: Error, Hashable, CustomStringConvertible {
    case notWritable(path: String, reason: String)
    case noEngraver(format: String)
    case failed(program: String, reason: String)

    public var description: String {
        switch self {
        case .notWritable(let path, let reason):
            "\(path): cannot be written as a score: \(reason)"
        case .noEngraver(let format):
            "no engraver for \(format) is installed; install MuseScore (on Debian and Ubuntu: "
                + "apt-get install musescore3), or write MusicXML only and open that in any program "
                + "for scores"
        case .failed(let program, let reason):
            "\(program) did not engrave the score: \(reason); open the MusicXML in it to see why"
        }
    }
}
