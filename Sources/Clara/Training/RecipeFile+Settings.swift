import Networks
import Training

extension RecipeFile {
    /// - Parameter seconds: training time instead of the recipe's length.
    /// - Throws: what is wrong with the numbers: each range is checked where the number is used.
    func settings(
        vocabulary: Int, contexts: Int, scores: ScoreLayout?, seconds: Double?
    ) throws -> TrainingSettings {
        try InvalidSetting.checkShare("training.validation", training.validationShare)
        try InvalidSetting.check("styles.minimum", styles?.minimum ?? 1, in: 1...Int.max)
        try InvalidSetting.check("training.seed", training.seed, in: 0...Int.max)
        guard ["last", "best"].contains(training.keep) else {
            throw InvalidSetting("training.keep", "“\(training.keep)”", legal: "“last” or “best”")
        }
        let length: TrainingSettings.Length =
            seconds.map { .seconds($0) } ?? training.steps.map { .steps($0) }
            ?? .epochs(training.epochs)
        return try TrainingSettings(
            network: network.configuration(
                vocabulary: vocabulary, contexts: contexts, scores: scores),
            embeddingRange: network.embeddingRange.map { Float($0) },
            regularisation: regularisationSettings(), optimiser: optimiser.settings(),
            schedule: schedule.schedule(), average: average.averaging(), length: length,
            streams: training.batch, steps: training.window, isJittered: training.jitter,
            clip: Float(optimiser.clip), seed: UInt64(training.seed),
            validationInterval: training.validateEvery, keepsBest: training.keep == "best")
    }

    private func regularisationSettings() throws -> Networks.Regularisation {
        if network.kind == "transformer" {
            // It has no recurrent weights, and the penalties are defined for recurrent layers.
            try MisplacedKey.refuse(
                [
                    "dropout.weight": dropout.weight,
                    "regularisation.activation": regularisation.activation,
                    "regularisation.temporal-activation": regularisation.temporalActivation,
                ],
                in: "network", ofKind: network.kind)
        }
        try InvalidSetting.checkNotNegative("dropout.scale", dropout.scale)
        func scaled(_ rate: Double) -> Float { Float(rate * dropout.scale) }
        do {
            return try Networks.Regularisation(
                embedding: scaled(dropout.embedding), context: scaled(dropout.context),
                input: scaled(dropout.input), hidden: scaled(dropout.hidden),
                output: scaled(dropout.output),
                weight: scaled(dropout.weight ?? 0),
                activation: Float(regularisation.activation ?? 0),
                temporalActivation: Float(regularisation.temporalActivation ?? 0))
        } catch let error {
            let isFactor = ["activation", "temporal-activation"].contains(error.name)
            var name = (isFactor ? "regularisation." : "dropout.") + error.name
            if !isFactor, dropout.scale != 1 { name += " times dropout.scale" }
            throw InvalidSetting(name, error.value, legal: error.legal)
        }
    }
}

extension RecipeFile.Training {
    var validationShare: Double { validation ?? 0.05 }
}

extension RecipeFile.Network {
    func configuration(
        vocabulary: Int, contexts: Int, scores: ScoreLayout?
    ) throws -> NetworkConfiguration {
        let contexts = isTold ? contexts : 0
        let scores = isTold ? scores : nil
        switch kind {
        case "lstm":
            try MisplacedKey.refuse(
                ["heads": heads, "feed-forward": feedForward, "window": window], in: "network",
                ofKind: kind)
            return .lstm(
                try LSTMConfiguration(
                    vocabulary: vocabulary, embedding: embedding ?? 256, hidden: hidden ?? 512,
                    layers: layers ?? 2, contexts: contexts,
                    contextOutput: contextOutput ?? false,
                    scores: ScoreLayout(
                        intervals: wanted(intervals, "network.intervals", scores?.intervals),
                        harmony: wanted(harmony, "network.harmony", scores?.harmony),
                        pitchClasses: wanted(
                            pitchClasses, "network.pitch-classes", scores?.pitchClasses),
                        guesses: wanted(guesses, "network.guesses", scores?.guesses))))
        case "transformer":
            try MisplacedKey.refuse(
                [
                    "hidden": hidden, "context-output": contextOutput,
                    "embedding-range": embeddingRange, "intervals": intervals,
                    "harmony": harmony, "pitch-classes": pitchClasses, "guesses": guesses,
                ], in: "network", ofKind: kind)
            let embedding = embedding ?? 256
            return .transformer(
                try TransformerConfiguration(
                    vocabulary: vocabulary, embedding: embedding, layers: layers ?? 6,
                    heads: heads ?? 8, feedForward: feedForward ?? 4 * embedding,
                    window: window ?? 1_024, contexts: contexts))
        default:
            throw InvalidSetting("network.kind", "“\(kind)”", legal: "“lstm” or “transformer”")
        }
    }

    /// Whether it sees more than tokens.
    private var isTold: Bool { contexts ?? true }

    /// The layout, unless it is not wanted.
    private func wanted<Layout>(
        _ key: Bool?, _ name: String, _ layout: Layout?
    ) throws -> Layout? {
        guard let key else { return layout }
        guard key else { return nil }
        guard let layout else {
            throw InvalidSetting(
                name, "true",
                legal: isTold
                    ? "false: this encoding does not tell what that takes"
                    : "false where network.contexts is")
        }
        return layout
    }
}

extension RecipeFile.Optimiser {
    func settings() throws -> Adam.Settings {
        guard let kind = Adam.Kind(rawValue: kind) else {
            throw InvalidSetting("optimiser.kind", "“\(kind)”", legal: "“adam” or “adamw”")
        }
        return try Adam.Settings(
            kind: kind, beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
            weightDecay: Float(weightDecay))
    }
}

extension RecipeFile.Schedule {
    func schedule() throws -> LearningRateSchedule {
        let cycle: KeyValuePairs<String, Any?> = [
            "rise": rise, "start-divisor": startDivisor, "end-divisor": endDivisor,
            "beta1-high": beta1High, "beta1-low": beta1Low,
        ]
        switch kind {
        case "trapezoidal":
            try MisplacedKey.refuse(cycle, in: "schedule", ofKind: kind)
            try MisplacedKey.refuse(["end": end], in: "schedule", ofKind: kind)
            return .trapezoidal(
                try TrapezoidalSchedule(
                    rate: Float(rate), warmup: warmup ?? 100, decay: decay ?? 0.3))
        case "one-cycle":
            try MisplacedKey.refuse(
                ["warmup": warmup, "decay": decay, "end": end], in: "schedule", ofKind: kind)
            return .oneCycle(try oneCycle())
        case "cosine":
            try MisplacedKey.refuse(cycle, in: "schedule", ofKind: kind)
            try MisplacedKey.refuse(["decay": decay], in: "schedule", ofKind: kind)
            return .cosine(
                try CosineSchedule(rate: Float(rate), warmup: warmup ?? 100, end: end ?? 0))
        default:
            throw InvalidSetting(
                "schedule.kind", "“\(kind)”", legal: "“trapezoidal”, “one-cycle” or “cosine”")
        }
    }

    /// β1 moves when either of its ends is given.
    private func oneCycle() throws -> OneCycleSchedule {
        var momentum: OneCycleSchedule.Momentum?
        if beta1High != nil || beta1Low != nil {
            momentum = try OneCycleSchedule.Momentum(
                high: Float(beta1High ?? 0.95), low: Float(beta1Low ?? 0.85))
        }
        return try OneCycleSchedule(
            rate: Float(rate), rise: rise ?? 0.25, startDivisor: startDivisor ?? 25,
            endDivisor: endDivisor ?? 1e5, momentum: momentum)
    }
}

extension RecipeFile.Average {
    func averaging() throws -> WeightAveraging {
        switch kind {
        case "none":
            try MisplacedKey.refuse(
                ["decay": decay, "patience": patience], in: "average", ofKind: kind)
            return .none
        case "ema":
            try MisplacedKey.refuse(["patience": patience], in: "average", ofKind: kind)
            return .exponential(decay: Float(decay ?? 0.999))
        case "nt-asgd":
            try MisplacedKey.refuse(["decay": decay], in: "average", ofKind: kind)
            return .triggered(patience: patience ?? 5)
        default:
            throw InvalidSetting(
                "average.kind", "“\(kind)”", legal: "“none”, “ema” or “nt-asgd”")
        }
    }
}
