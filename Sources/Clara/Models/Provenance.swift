import Training

/// Where a model comes from: what it was trained on and how, and how well it did on what was held
/// out.
public struct Provenance: Hashable, Sendable, Codable {
    /// How much music.
    public struct Amount: Hashable, Sendable, Codable {
        public let pieces: Int
        public let notes: Int
        public let tokens: Int

        package init(pieces: Int, notes: Int, tokens: Int) {
            self.pieces = pieces
            self.notes = notes
            self.tokens = tokens
        }
    }

    /// The folders named with `--data`, or the library and what was asked of it.
    public let data: [String]
    public let training: Amount
    public let validation: Amount
    /// For each class of instruments that is told apart, the General MIDI program, 0…127, that plays most of
    /// its notes; empty where all is one piano's.
    public let programs: [Int]
    /// The music that was held out, each piece by its content.
    public let heldOut: [MusicContent]
    /// Steps of the optimiser.
    public let steps: Int
    /// On the validation pieces, untransposed, with the weights before rounding to 16 bits; nil when
    /// nothing was held out.
    public let natsPerToken: Double?
    public let bitsPerNote: Double?
    /// Nil when another version of Clara trained it, whose settings this one does not know.
    package let settings: TrainingSettings?

    package init(
        data: [String], training: Amount, validation: Amount, programs: [Int] = [],
        heldOut: [MusicContent], steps: Int, natsPerToken: Double?, bitsPerNote: Double?,
        settings: TrainingSettings
    ) {
        self.data = data
        self.training = training
        self.validation = validation
        self.programs = programs
        self.heldOut = heldOut
        self.steps = steps
        self.natsPerToken = natsPerToken
        self.bitsPerNote = bitsPerNote
        self.settings = settings
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        data = try values.decode([String].self, forKey: .data)
        training = try values.decode(Amount.self, forKey: .training)
        validation = try values.decode(Amount.self, forKey: .validation)
        programs = try values.decodeIfPresent([Int].self, forKey: .programs) ?? []
        heldOut = try values.decode([MusicContent].self, forKey: .heldOut)
        steps = try values.decode(Int.self, forKey: .steps)
        natsPerToken = try values.decodeIfPresent(Double.self, forKey: .natsPerToken)
        bitsPerNote = try values.decodeIfPresent(Double.self, forKey: .bitsPerNote)
        settings = try? values.decode(TrainingSettings.self, forKey: .settings)
    }
}
