/// How the learning rate, and Adam's β1 with it, go over a run; JSON with a `kind`.
package enum LearningRateSchedule: Hashable, Sendable {
    case trapezoidal(TrapezoidalSchedule)
    case oneCycle(OneCycleSchedule)
    case cosine(CosineSchedule)

    /// A place in a run.
    package struct Place: Hashable, Sendable {
        /// Counted from 0.
        package var step: Int
        /// Steps in all; nil in a run of given time that has not fixed them yet.
        package var total: Int?
        /// The share of the run that is over before this step: of its steps, or of its time.
        package var share: Double

        package init(step: Int, total: Int?, share: Double) {
            self.step = step
            self.total = total
            self.share = share
        }

        /// In a run of `total` steps.
        package init(step: Int, of total: Int) {
            self.init(step: step, total: total, share: Double(step) / Double(max(1, total)))
        }
    }

    package func rate(at place: Place) -> Float {
        switch self {
        case .trapezoidal(let schedule): schedule.rate(atStep: place.step, of: place.total)
        case .oneCycle(let schedule): schedule.rate(atShare: place.share)
        case .cosine(let schedule): schedule.rate(atStep: place.step, share: place.share)
        }
    }

    /// Adam's β1 at the place; nil where the optimiser's own holds throughout.
    package func beta1(at place: Place) -> Float? {
        switch self {
        case .oneCycle(let schedule): schedule.beta1(atShare: place.share)
        case .trapezoidal, .cosine: nil
        }
    }

    /// In a run of given time, the share of it after which the number of steps is fixed from the pace
    /// so far. The trapezoid needs it for its fall; one that is nearly all fall waits a hundredth of
    /// the time, as it takes some steps to know their pace. The others go by the time itself, to the
    /// end, where 1 fixes the number at the steps done.
    package var shareBeforeLengthIsFixed: Double {
        switch self {
        case .trapezoidal(let schedule): max(1 - schedule.decay, 0.01)
        case .oneCycle, .cosine: 1
        }
    }
}

extension LearningRateSchedule: Codable {
    private enum Kind: String, Codable {
        case trapezoidal
        case oneCycle = "one-cycle"
        case cosine
    }

    private enum CodingKeys: CodingKey {
        case kind
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        switch try values.decode(Kind.self, forKey: .kind) {
        case .trapezoidal: self = .trapezoidal(try TrapezoidalSchedule(from: decoder))
        case .oneCycle: self = .oneCycle(try OneCycleSchedule(from: decoder))
        case .cosine: self = .cosine(try CosineSchedule(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .trapezoidal(let schedule):
            try values.encode(Kind.trapezoidal, forKey: .kind)
            try schedule.encode(to: encoder)
        case .oneCycle(let schedule):
            try values.encode(Kind.oneCycle, forKey: .kind)
            try schedule.encode(to: encoder)
        case .cosine(let schedule):
            try values.encode(Kind.cosine, forKey: .kind)
            try schedule.encode(to: encoder)
        }
    }
}
