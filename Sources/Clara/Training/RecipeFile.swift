import Networks
import Training

/// A recipe as its TOML file spells it. What the file leaves out keeps the value given here.
struct RecipeFile: RecipeTable {
    struct Network: RecipeTable {
        var embedding = 256
        var hidden = 512
        var layers = 2

        static var keys: [RecipeKey<Self>] {
            [.init("embedding", \.embedding), .init("hidden", \.hidden), .init("layers", \.layers)]
        }
    }

    struct Dropout: RecipeTable {
        var input = 0.0
        var hidden = 0.0
        var output = 0.0

        static var keys: [RecipeKey<Self>] {
            [.init("input", \.input), .init("hidden", \.hidden), .init("output", \.output)]
        }
    }

    struct Optimiser: RecipeTable {
        var beta1 = 0.9
        var beta2 = 0.99
        var weightDecay = 0.0
        var clip = 1.0

        static var keys: [RecipeKey<Self>] {
            [
                .init("beta1", \.beta1), .init("beta2", \.beta2),
                .init("weight-decay", \.weightDecay), .init("clip", \.clip),
            ]
        }
    }

    struct Schedule: RecipeTable {
        var rate = 0.002
        var warmup = 100
        var decay = 0.3

        static var keys: [RecipeKey<Self>] {
            [.init("rate", \.rate), .init("warmup", \.warmup), .init("decay", \.decay)]
        }
    }

    struct Training: RecipeTable {
        var epochs = 12.0
        /// Instead of epochs.
        var steps: Int?
        var batch = 32
        var window = 128
        var validation = 0.05
        var validateEvery = 1000
        var seed = 1

        static var keys: [RecipeKey<Self>] {
            [
                .init("epochs", \.epochs), .init("steps", \.steps), .init("batch", \.batch),
                .init("window", \.window), .init("validation", \.validation),
                .init("validate-every", \.validateEvery), .init("seed", \.seed),
            ]
        }
    }

    var encoding = "notewise-88-12"
    var network = Network()
    var dropout = Dropout()
    var optimiser = Optimiser()
    var schedule = Schedule()
    var training = Training()

    static var keys: [RecipeKey<Self>] {
        [
            .init("encoding", \.encoding), .init("network", \.network), .init("dropout", \.dropout),
            .init("optimiser", \.optimiser), .init("schedule", \.schedule),
            .init("training", \.training),
        ]
    }
}

extension RecipeFile {
    /// What is wrong with the numbers, or nil.
    var problem: String? {
        let rates = [
            ("dropout.input", dropout.input), ("dropout.hidden", dropout.hidden),
            ("dropout.output", dropout.output), ("optimiser.beta1", optimiser.beta1),
            ("optimiser.beta2", optimiser.beta2),
        ]
        for (name, value) in rates where !(0..<1).contains(value) {
            return "\(name) is \(value), but must be at least 0 and below 1"
        }
        let positive = [
            ("optimiser.clip", optimiser.clip), ("schedule.rate", schedule.rate),
            ("training.epochs", training.epochs),
        ]
        for (name, value) in positive where !(value > 0 && value.isFinite) {
            return "\(name) is \(value), but must be a number above 0"
        }
        let counts = [
            ("training.batch", training.batch, 1_024), ("training.window", training.window, 4_096),
            ("training.steps", training.steps ?? 1, Int.max),
            ("training.validate-every", training.validateEvery, Int.max),
        ]
        for (name, value, limit) in counts where !(1...limit).contains(value) {
            return "\(name) is \(value), but must be 1…\(limit)"
        }
        if schedule.warmup < 0 || training.seed < 0 || !(optimiser.weightDecay >= 0) {
            return "schedule.warmup, training.seed and optimiser.weight-decay must not be negative"
        }
        if !(0...1).contains(schedule.decay) {
            return "schedule.decay is \(schedule.decay), but must be 0…1"
        }
        if !(0..<1).contains(training.validation) {
            return
                "training.validation is \(training.validation), but must be at least 0 and below 1"
        }
        return nil
    }

    /// - Parameter seconds: training time instead of the recipe's length.
    func settings(vocabulary: Int, contexts: Int, seconds: Double?) throws -> TrainingSettings {
        let length: TrainingSettings.Length =
            seconds.map { .seconds($0) } ?? training.steps.map { .steps($0) }
            ?? .epochs(training.epochs)
        return TrainingSettings(
            network: .lstm(
                try LSTMConfiguration(
                    vocabulary: vocabulary, embedding: network.embedding, hidden: network.hidden,
                    layers: network.layers, contexts: contexts)),
            regularisation: try Regularisation(
                input: Float(dropout.input), hidden: Float(dropout.hidden),
                output: Float(dropout.output)),
            optimiser: AdamW.Settings(
                beta1: Float(optimiser.beta1), beta2: Float(optimiser.beta2),
                weightDecay: Float(optimiser.weightDecay)),
            schedule: TrapezoidalSchedule(
                rate: Float(schedule.rate), warmup: schedule.warmup, decay: schedule.decay),
            length: length, streams: training.batch, steps: training.window,
            clip: Float(optimiser.clip), seed: UInt64(training.seed),
            validationInterval: training.validateEvery)
    }
}
