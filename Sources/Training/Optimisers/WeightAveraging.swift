/// Which average of a run's weights is validated and becomes the model; JSON with a `kind`.
package enum WeightAveraging: Hashable, Sendable {
    /// The weights themselves.
    case none
    /// The exponential moving average with weight `decay` on the past, without the bias towards where
    /// it began (Polyak & Juditsky 1992 in the form of Kingma & Ba 2015, section 7.2).
    case exponential(decay: Float)
    /// The mean of all weights since validation stopped improving: the trigger of NT-ASGD (Merity et
    /// al. 2018), which is when a validation is worse than the best of those more than `patience`
    /// validations before it. The optimiser goes on as it is, where the paper has SGD.
    case triggered(patience: Int)

    /// Throws for a number outside its range.
    package func validate() throws(InvalidSetting) {
        switch self {
        case .none: break
        case .exponential(let decay): try InvalidSetting.checkShare("average.decay", decay)
        case .triggered(let patience):
            try InvalidSetting.check("average.patience", patience, in: 1...1_000)
        }
    }
}

extension WeightAveraging: Codable {
    private enum Kind: String, Codable {
        case none
        case exponential = "ema"
        case triggered = "nt-asgd"
    }

    private enum CodingKeys: CodingKey {
        case kind
        case decay
        case patience
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .none: self = .none
        case .exponential:
            self = .exponential(decay: try values.decode(Float.self, forKey: .decay))
        case .triggered:
            self = .triggered(patience: try values.decode(Int.self, forKey: .patience))
        }
        try validate()
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .none: try values.encode(Kind.none, forKey: .kind)
        case .exponential(let decay):
            try values.encode(Kind.exponential, forKey: .kind)
            try values.encode(decay, forKey: .decay)
        case .triggered(let patience):
            try values.encode(Kind.triggered, forKey: .kind)
            try values.encode(patience, forKey: .patience)
        }
    }
}
