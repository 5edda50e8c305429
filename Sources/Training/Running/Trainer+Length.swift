import Files
import Networks
import Tensors

extension Trainer {
    var isOver: Bool { state.totalSteps.map { state.step >= $0 } ?? false }

    /// Where in the run the next step is.
    var place: LearningRateSchedule.Place {
        if let total = state.totalSteps { return .init(step: state.step, of: total) }
        guard case .seconds(let seconds) = settings.length else {
            preconditionFailure("a run of steps or epochs knows its steps")
        }
        return .init(step: state.step, total: nil, share: min(1, state.seconds / seconds))
    }

    /// The learning rate of the next step, if its window has T steps.
    var rate: Float { settings.schedule.rate(at: place) }

    /// Fixes the number of steps of a run of given seconds, when its schedule needs to know it.
    func fixLength() {
        guard state.totalSteps == nil, case .seconds(let seconds) = settings.length else { return }
        let known = settings.schedule.shareBeforeLengthIsFixed
        if state.seconds >= seconds * known {
            state.totalSteps = max(state.step, Int(Double(state.step) / known))
        }
    }

    func progress(_ reading: Meter.Reading) -> TrainingProgress {
        let perStep = state.seconds / Double(max(1, state.step))
        let left: Double
        if let total = state.totalSteps {
            left = Double(total - state.step) * perStep
        } else if case .seconds(let seconds) = settings.length {
            left = max(0, seconds - state.seconds)
        } else {
            left = 0
        }
        return TrainingProgress(
            step: state.step, totalSteps: state.totalSteps, epoch: streams.epochs,
            share: state.seconds / max(1e-9, state.seconds + left),
            tokensPerSecond: reading.tokensPerSecond, secondsLeft: left,
            natsPerToken: reading.natsPerToken, learningRate: rate)
    }
}

extension TrainingSettings {
    /// How many steps a run over the pieces has; nil for one of given seconds.
    func totalSteps(over source: any PieceSource) -> Int? {
        switch length {
        case .steps(let count): return count
        case .seconds: return nil
        case .epochs(let epochs):
            let tokens = (0..<source.count).reduce(0) {
                $0 + source.tokens(ofPiece: $1, variant: 0).count
            }
            // More than any machine gets through.
            let dealt = Int(min(1e15, Double(tokens) * epochs))
            return windows.count(covering: dealt / streams)
        }
    }
}

extension PieceSource {
    /// FNV-1a over every piece's tokens and length.
    var hash: UInt64 {
        var hash = FNV1a()
        for piece in 0..<count {
            let tokens = tokens(ofPiece: piece, variant: 0)
            for value in [Int32(tokens.count)] + tokens {
                hash.combine(UInt64(UInt32(bitPattern: value)))
            }
        }
        return hash.value
    }
}
