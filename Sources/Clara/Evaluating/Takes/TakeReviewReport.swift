import Decoding

/// How many takes have a fault, beside what the composers wrote at the same places.
public struct TakeReviewReport: Hashable, Sendable, Codable {
    /// Faults among passages; one passage can have several.
    public struct Tally: Hashable, Sendable, Codable {
        public private(set) var count = 0
        public private(set) var loops = 0
        public private(set) var silences = 0
        public private(set) var walls = 0
        /// Passages with one fault at least.
        public private(set) var anyFault = 0
        /// `anyFault` / `count`, 0…1; 0 where there are none.
        public private(set) var share = 0.0

        public init() {}

        /// How many have a fault.
        public func count(of fault: TakeFault) -> Int {
            switch fault {
            case .loop: loops
            case .silence: silences
            case .wall: walls
            }
        }

        mutating func add(_ faults: [TakeFault]) {
            count += 1
            loops += faults.contains(.loop) ? 1 : 0
            silences += faults.contains(.silence) ? 1 : 0
            walls += faults.contains(.wall) ? 1 : 0
            anyFault += faults.isEmpty ? 0 : 1
            share = Double(anyFault) / Double(count)
        }
    }

    /// One take and what was found in it.
    public struct Reviewed: Hashable, Sendable, Codable {
        /// The prompt's piece.
        public let path: String
        /// Its bar, counted from 1, with which the prompt begins.
        public let bar: Int
        /// The take's, if it was sampled.
        public let seed: Int?
        public let notes: Int
        public let tokens: Int
        /// The sum over the tokens of ln p under the model, at temperature 1, in nats.
        public let logProbability: Double
        public let faults: [TakeFault]
        /// Of the composer's bars after the prompt.
        public let humanFaults: [TakeFault]
    }

    /// A piece that gave no prompt, and why.
    public struct Skipped: Hashable, Sendable, Codable {
        public let path: String
        public let reason: String
    }

    /// The model's takes.
    public private(set) var takes = Tally()
    /// The composers' continuations of the same prompts.
    public private(set) var human = Tally()
    public let promptBars: Int
    public let continuationBars: Int
    /// How the takes were sampled; nil where they were searched.
    public let sampling: SamplingSettings?
    public let search: BeamSettings?
    /// In the order of their seeds.
    public private(set) var reviewed: [Reviewed] = []
    public let skipped: [Skipped]

    mutating func add(_ take: Reviewed) {
        takes.add(take.faults)
        human.add(take.humanFaults)
        reviewed.append(take)
    }

    init(
        promptBars: Int, continuationBars: Int, sampling: SamplingSettings?, search: BeamSettings?,
        skipped: [Skipped]
    ) {
        self.promptBars = promptBars
        self.continuationBars = continuationBars
        self.sampling = sampling
        self.search = search
        self.skipped = skipped
    }
}
