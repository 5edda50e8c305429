/// Why no sound could be made. Its description is one line: what, where, what to do.
public enum SoundError: Error, Hashable, CustomStringConvertible {
    /// No SoundFont is in any of these places.
    case noSoundFont(searched: [String])
    /// A file that was to be a SoundFont cannot be used as one.
    case unusableSoundFont(file: String, reason: String)
    /// The file's name does not say which kind of sound file it is to be.
    case unknownFormat(file: String)
    /// Vorbis has no bits a sample to choose.
    case noBitDepth(SoundFormat.Container)
    case noNotes(piece: String)
    case tooLong(piece: String, seconds: Double)
    case unwritable(file: String, reason: String)
    /// FluidSynth, libsndfile or libebur128 gave up, as they do when memory is short.
    case library(name: String, reason: String)
    /// Who called asked to stop.
    case stopped(file: String)

    public var description: String {
        switch self {
        case .noSoundFont(let places):
            "there is no SoundFont on this machine, and Clara needs one to play: \(Self.installing), "
                + "or name one with --soundfont FILE or in \(SoundFontLocator.variable) "
                + "(searched: \(places.joined(separator: ", ")))"
        case .unusableSoundFont(let file, let reason):
            "\(file): cannot be used as a SoundFont: \(reason); give a file of the kind .sf2 or .sf3"
        case .unknownFormat(let file):
            "\(file): which kind of sound file is this to be? Let its name end in "
                + SoundFormat.Container.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
        case .noBitDepth(let container):
            ".\(container.rawValue) files have no bits a sample; leave --bits out, or write .flac"
        case .noNotes(let piece):
            "\(piece): there are no notes in it that could sound; give a piece that has some"
        case .tooLong(let piece, let seconds):
            "\(piece): lasts \(Int(seconds / 60)) minutes, and at most "
                + "\(Int(SoundRenderer.longestSeconds / 60)) are turned into sound; cut it into parts"
        case .unwritable(let file, let reason):
            "\(file): cannot be written: \(reason); choose another place, or make room there"
        case .library(let name, let reason):
            "\(name) failed: \(reason); free some memory and try again"
        case .stopped(let file):
            "\(file): not written, since the work was stopped"
        }
    }

    private static var installing: String {
        #if os(macOS)
            "install one (brew install fluid-synth brings a small one; a larger is FluidR3 GM)"
        #else
            "install one (apt install timgm6mb-soundfont, or fluid-soundfont-gm for a larger one)"
        #endif
    }
}
