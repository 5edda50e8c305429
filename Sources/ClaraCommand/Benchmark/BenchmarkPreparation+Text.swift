import Clara
import PublishedBenchmarks

extension BenchmarkTraining.Preparation {
    /// What is trained on, for people.
    var lines: [String] {
        TrainingReporter.lines(
            training: text(training), validation: text(validation), weights: weights,
            stepsDone: stepsDone)
    }

    private func text(_ amount: Amount) -> String {
        let pieces = amount.pieces.of("piece")
        let units = amount.units.of(benchmark.unit)
        return amount.units == amount.tokens
            ? "\(pieces), \(units)" : "\(pieces), \(units), \(amount.tokens.of("token"))"
    }
}

extension PublishedBenchmark {
    /// What its published figures are per.
    var unit: String {
        switch self {
        case .frames: "frame"
        case .chorales: "token"
        }
    }
}
