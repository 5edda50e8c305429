/// A session: the tree of what was played and written, and what holds for all of it.
public struct StudioSession: Encodable, Hashable, Sendable {
    public let id: String
    public var title: String
    /// ISO 8601.
    public let created: String
    public var changed: String
    /// Quarters a minute, where the piece begins.
    public var tempo: Double
    /// Where the piece begins.
    public var meter: String
    public var parts: [StudioPart]
    /// The root's id.
    public let root: String
    /// In the order in which they were made; of a session that is only looked up, none.
    public var nodes: [StudioNode] = []
}

/// A session as the list has it.
public struct SessionRow: Encodable, Hashable, Sendable {
    public let id: String
    public let title: String
    public let created: String
    public let changed: String
    /// Passages and takes that are not deleted.
    public let nodes: Int
    public let bars: Int
}

/// A passage of the tree: what was played, read from a file, or written by Clara.
///
/// The piece at a node is each ancestor's music up to the next one's first bar, then its own.
public struct StudioNode: Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
        case root, played, file, take
    }

    public let id: String
    /// Nil for the root.
    public let parent: String?
    public let kind: Kind
    public var name: String
    public var annotation: String
    public var pinned: Bool
    public var deleted: Bool
    /// Where its own music begins, counted from 1.
    public let fromBar: Int
    /// How many bars its own music has.
    public var bars: Int
    public var music: NodeMusic
    public let raw: [RawNote]?
    public var take: TakeFacts?
    public let created: String
}

extension StudioNode: Encodable {
    private enum CodingKeys: CodingKey {
        case id, parent, kind, name, annotation, pinned, deleted, fromBar, bars, notes, pedals,
            tempos, meters, raw, take, created
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        // Told as null, not left out.
        try container.encode(parent, forKey: .parent)
        try container.encode(kind, forKey: .kind)
        try container.encode(name, forKey: .name)
        try container.encode(annotation, forKey: .annotation)
        try container.encode(pinned, forKey: .pinned)
        try container.encode(deleted, forKey: .deleted)
        try container.encode(fromBar, forKey: .fromBar)
        try container.encode(bars, forKey: .bars)
        try container.encode(music.notes, forKey: .notes)
        try container.encode(music.pedals, forKey: .pedals)
        try container.encode(music.tempos, forKey: .tempos)
        try container.encode(music.meters, forKey: .meters)
        try container.encode(raw, forKey: .raw)
        try container.encode(take, forKey: .take)
        try container.encode(created, forKey: .created)
    }
}

/// How a take was made, and what was found out about it.
public struct TakeFacts: Codable, Hashable, Sendable {
    /// What it has in common with the music that the voice learnt from.
    public struct Originality: Codable, Hashable, Sendable {
        /// Of the longest run that it shares; 0 for none worth a look.
        public let notes: Int
        /// Whose run that is.
        @OrNull public var source: String?
        /// Whether the run is the same but for small changes.
        public let near: Bool
        /// Longer runs count as copies.
        public let phrase: Int
    }

    public let voice: String
    @OrNull public var style: String?
    public let seed: Int
    public let temperature: Double
    @OrNull public var topK: Int?
    @OrNull public var topP: Double?
    @OrNull public var minP: Double?
    @OrNull public var choiceFrequency: Double?
    @OrNull public var repetitionPenalty: Double?
    @OrNull public var noRepeat: Int?
    @OrNull public var repeats: Int?
    @OrNull public var loops: Bool?
    public let original: Bool
    public let steady: Bool
    /// Nats, releases and waits included.
    public let logProbabilityPerNote: Double
    @OrNull public var originality: Originality?
    /// How likely the critic holds it that a person wrote it, 0…1.
    @OrNull public var human: Double?
}
