/// A figure of frames taken apart by what the piece had before: how much of it comes from music that
/// says again what was said.
public struct FrameKinds: Hashable, Sendable, Codable {
    /// The frames of one kind.
    public struct Kind: Hashable, Sendable, Codable {
        public let frames: Int
        /// Of all frames, 0…1.
        public let share: Double
        /// The mean of −ln p, in nats per frame; 0 where there are none.
        public let nats: Double

        private enum CodingKeys: String, CodingKey {
            case frames, share
            case nats = "natsPerFrame"
        }

        fileprivate init(_ losses: [Double], of all: Int) {
            frames = losses.count
            share = Double(frames) / Double(max(1, all))
            nats = losses.reduce(0, +) / Double(max(1, frames))
        }
    }

    /// How many frames make a run.
    public static let runLength = 12

    /// The frames that have the same notes as the frame before, and all others.
    public let repeated: Kind
    public let changed: Kind
    /// The frames that end a run of `runLength` frames which the piece had before, and all others.
    public let familiar: Kind
    public let new: Kind

    /// - Parameter losses: for each piece −ln p of each of its frames, in nats.
    package init(of pieces: [FramePieces.Piece], losses: [[Double]]) {
        var kinds: [[Double]] = [[], [], [], []]
        for (piece, losses) in zip(pieces, losses) {
            var past = RepetitionFinder<PitchSet>()
            for (frame, loss) in zip(piece.lazy.map({ PitchSet($0) }), losses) {
                let isRepeated = frame == past.items.last
                past.append(frame)
                let isFamiliar = past.match.map { $0.length >= Self.runLength } ?? false
                kinds[isRepeated ? 0 : 1].append(loss)
                kinds[isFamiliar ? 2 : 3].append(loss)
            }
        }
        let count = kinds[0].count + kinds[1].count
        let all = kinds.map { Kind($0, of: count) }
        (repeated, changed, familiar, new) = (all[0], all[1], all[2], all[3])
    }
}
