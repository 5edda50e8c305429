import Networks
import Training

/// A recipe as its TOML file spells it. What the file leaves out keeps the value given here.
struct RecipeFile: Decodable {
    struct Network {
        var embedding = 256
        var hidden = 512
        var layers = 2
    }

    struct Dropout {
        var input = 0.0
        var hidden = 0.0
        var output = 0.0
    }

    struct Optimiser {
        var beta1 = 0.9
        var beta2 = 0.99
        var weightDecay = 0.0
        var clip = 1.0
    }

    struct Schedule {
        var rate = 0.002
        var warmup = 100
        var decay = 0.3
    }

    struct Training {
        var epochs = 12.0
        var steps: Int?
        var batch = 32
        var window = 128
        var validation = 0.05
        var validateEvery = 1000
        var seed = 1
    }

    var encoding = "notewise-88-12"
    var network = Network()
    var dropout = Dropout()
    var optimiser = Optimiser()
    var schedule = Schedule()
    var training = Training()

    private enum CodingKeys: CodingKey {
        case encoding, network, dropout, optimiser, schedule, training
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.encoding, into: &encoding)
        try values.read(.network, into: &network)
        try values.read(.dropout, into: &dropout)
        try values.read(.optimiser, into: &optimiser)
        try values.read(.schedule, into: &schedule)
        try values.read(.training, into: &training)
    }
}

extension KeyedDecodingContainer {
    /// Overwrites `value` where the key is there.
    fileprivate func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
        if let read = try decodeIfPresent(Value.self, forKey: key) { value = read }
    }

    /// A number may be written without a point.
    fileprivate func read(_ key: Key, into value: inout Double) throws {
        guard contains(key) else { return }
        if let whole = try? decode(Int.self, forKey: key) {
            value = Double(whole)
        } else {
            value = try decode(Double.self, forKey: key)
        }
    }
}

extension RecipeFile.Network: Decodable {
    private enum CodingKeys: CodingKey { case embedding, hidden, layers }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.embedding, into: &embedding)
        try values.read(.hidden, into: &hidden)
        try values.read(.layers, into: &layers)
    }
}

extension RecipeFile.Dropout: Decodable {
    private enum CodingKeys: CodingKey { case input, hidden, output }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.input, into: &input)
        try values.read(.hidden, into: &hidden)
        try values.read(.output, into: &output)
    }
}

extension RecipeFile.Optimiser: Decodable {
    private enum CodingKeys: String, CodingKey {
        case beta1, beta2, clip
        case weightDecay = "weight-decay"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.beta1, into: &beta1)
        try values.read(.beta2, into: &beta2)
        try values.read(.weightDecay, into: &weightDecay)
        try values.read(.clip, into: &clip)
    }
}

extension RecipeFile.Schedule: Decodable {
    private enum CodingKeys: CodingKey { case rate, warmup, decay }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.rate, into: &rate)
        try values.read(.warmup, into: &warmup)
        try values.read(.decay, into: &decay)
    }
}

extension RecipeFile.Training: Decodable {
    private enum CodingKeys: String, CodingKey {
        case epochs, steps, batch, window, validation, seed
        case validateEvery = "validate-every"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.epochs, into: &epochs)
        steps = try values.decodeIfPresent(Int.self, forKey: .steps)
        try values.read(.batch, into: &batch)
        try values.read(.window, into: &window)
        try values.read(.validation, into: &validation)
        try values.read(.validateEvery, into: &validateEvery)
        try values.read(.seed, into: &seed)
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
            network: try LSTMConfiguration(
                vocabulary: vocabulary, embedding: network.embedding, hidden: network.hidden,
                layers: network.layers, contexts: contexts),
            dropout: DropoutRates(
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
