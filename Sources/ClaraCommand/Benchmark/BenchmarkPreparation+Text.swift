import Clara
import PublishedBenchmarks

extension BenchmarkTraining.Preparation {
    /// What is trained on, for people.
    var lines: [String] {
        var lines = [
            "training on \(text(training)), in twelve keys", "validating on \(text(validation))",
            "the network has \(weights.of("weight"))",
        ]
        if stepsDone > 0 { lines.append("going on after step \(stepsDone.grouped)") }
        return lines
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
