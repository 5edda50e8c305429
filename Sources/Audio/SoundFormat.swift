/// Which kind of sound file is written.
public struct SoundFormat: Hashable, Sendable {
    public enum Container: String, Hashable, Sendable, CaseIterable {
        case wav, flac
        /// Ogg Vorbis, the only one with loss.
        case ogg
    }

    /// Bits a sample, where there is no loss.
    public enum Depth: Int, Hashable, Sendable, CaseIterable {
        case sixteen = 16
        case twentyFour = 24
    }

    public let container: Container
    /// Nil for Vorbis.
    public let depth: Depth?

    /// - Parameter depth: nil for 16 bits, or for Vorbis.
    /// - Throws: `SoundError.noBitDepth` for a depth of Vorbis.
    public init(_ container: Container, depth: Depth? = nil) throws(SoundError) {
        guard container != .ogg || depth == nil else { throw .noBitDepth(container) }
        self.container = container
        self.depth = container == .ogg ? nil : depth ?? .sixteen
    }

    /// The kind that the file's name tells by its ending.
    ///
    /// - Throws: `SoundError.unknownFormat` where it tells none, `noBitDepth` for a depth of Vorbis.
    public init(ofFile path: String, depth: Depth? = nil) throws(SoundError) {
        let ending = path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() }
        guard let container = ending.flatMap(Container.init) else {
            throw .unknownFormat(file: path)
        }
        try self.init(container, depth: depth)
    }
}
