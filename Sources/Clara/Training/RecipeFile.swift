/// A recipe as its TOML file spells it. What the file leaves out keeps the value given here, or, where
/// that is nil, the one that `RecipeFile+Settings.swift` gives it.
struct RecipeFile: RecipeTable {
    struct Network: RecipeTable {
        var kind = "lstm"
        var embedding: Int?
        var hidden: Int?
        var layers: Int?
        var heads: Int?
        var feedForward: Int?
        var window: Int?
        var embeddingRange: Double?
        var contexts: Bool?
        /// For published benchmarks only.
        var contextOutput: Bool?
        var intervals: Bool?
        var harmony: Bool?
        var pitchClasses: Bool?
        var guesses: Bool?

        static var keys: [RecipeKey<Self>] {
            [
                .init("kind", \.kind), .init("embedding", \.embedding), .init("hidden", \.hidden),
                .init("layers", \.layers), .init("heads", \.heads),
                .init("feed-forward", \.feedForward), .init("window", \.window),
                .init("embedding-range", \.embeddingRange), .init("contexts", \.contexts),
                .init("context-output", \.contextOutput), .init("intervals", \.intervals),
                .init("harmony", \.harmony), .init("pitch-classes", \.pitchClasses),
                .init("guesses", \.guesses),
            ]
        }
    }

    struct Dropout: RecipeTable {
        var embedding = 0.0
        var context = 0.0
        var input = 0.0
        var hidden = 0.0
        var weight: Double?
        var output = 0.0
        /// All of them are multiplied by it.
        var scale = 1.0

        static var keys: [RecipeKey<Self>] {
            [
                .init("embedding", \.embedding), .init("context", \.context),
                .init("input", \.input),
                .init("hidden", \.hidden), .init("weight", \.weight), .init("output", \.output),
                .init("scale", \.scale),
            ]
        }
    }

    struct Regularisation: RecipeTable {
        var activation: Double?
        var temporalActivation: Double?

        static var keys: [RecipeKey<Self>] {
            [
                .init("activation", \.activation),
                .init("temporal-activation", \.temporalActivation),
            ]
        }
    }

    struct Optimiser: RecipeTable {
        var kind = "adamw"
        var beta1 = 0.9
        var beta2 = 0.99
        var epsilon = 1e-8
        var weightDecay = 0.0
        var clip = 1.0

        static var keys: [RecipeKey<Self>] {
            [
                .init("kind", \.kind), .init("beta1", \.beta1), .init("beta2", \.beta2),
                .init("epsilon", \.epsilon), .init("weight-decay", \.weightDecay),
                .init("clip", \.clip),
            ]
        }
    }

    struct Schedule: RecipeTable {
        var kind = "trapezoidal"
        var rate = 0.002
        var warmup: Int?
        var decay: Double?
        var rise: Double?
        var startDivisor: Double?
        var endDivisor: Double?
        var beta1High: Double?
        var beta1Low: Double?
        var end: Double?

        static var keys: [RecipeKey<Self>] {
            [
                .init("kind", \.kind), .init("rate", \.rate), .init("warmup", \.warmup),
                .init("decay", \.decay), .init("rise", \.rise),
                .init("start-divisor", \.startDivisor), .init("end-divisor", \.endDivisor),
                .init("beta1-high", \.beta1High), .init("beta1-low", \.beta1Low),
                .init("end", \.end),
            ]
        }
    }

    struct Average: RecipeTable {
        var kind = "none"
        var decay: Double?
        var patience: Int?

        static var keys: [RecipeKey<Self>] {
            [.init("kind", \.kind), .init("decay", \.decay), .init("patience", \.patience)]
        }
    }

    struct Training: RecipeTable {
        var epochs = 12.0
        /// Instead of epochs.
        var steps: Int?
        var batch = 32
        var window = 128
        var jitter = false
        /// Published benchmarks have splits of their own.
        var validation: Double?
        var validateEvery = 1000
        var keep = "last"
        var seed = 1

        static var keys: [RecipeKey<Self>] {
            [
                .init("epochs", \.epochs), .init("steps", \.steps), .init("batch", \.batch),
                .init("window", \.window), .init("jitter", \.jitter),
                .init("validation", \.validation), .init("validate-every", \.validateEvery),
                .init("keep", \.keep), .init("seed", \.seed),
            ]
        }
    }

    struct Styles: RecipeTable {
        var minimum = 8
        /// Composers by period.
        var periods: [String: [String]] = [:]

        static var keys: [RecipeKey<Self>] {
            [.init("minimum", \.minimum), .init("periods", \.periods)]
        }
    }

    /// Instead of an encoding, in a recipe for a published benchmark.
    var benchmark: String?
    var encoding: String?
    static let standardEncoding = "barwise-88-12"
    var network = Network()
    var dropout = Dropout()
    var regularisation = Regularisation()
    var optimiser = Optimiser()
    var schedule = Schedule()
    var average = Average()
    /// Nil where the network is told of none.
    var styles: Styles?
    var training = Training()

    static var keys: [RecipeKey<Self>] {
        [
            .init("benchmark", \.benchmark), .init("encoding", \.encoding),
            .init("network", \.network), .init("dropout", \.dropout),
            .init("regularisation", \.regularisation), .init("optimiser", \.optimiser),
            .init("schedule", \.schedule), .init("average", \.average),
            .init("styles", \.styles), .init("training", \.training),
        ]
    }
}
