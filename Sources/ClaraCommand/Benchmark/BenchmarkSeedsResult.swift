import Clara
import PublishedBenchmarks

/// What training with several seeds says at its end.
struct BenchmarkSeedsResult: Encodable {
    struct Row: Encodable {
        let seed: Int
        let model: String
        let hash: String
        let steps: Int
        let validation: BenchmarkResult.Nats
        let test: BenchmarkResult.Nats
    }

    let benchmark: PublishedBenchmark
    let model: String
    let seeds: [Row]
    let validation: BenchmarkSeeds.Spread
    let test: BenchmarkSeeds.Spread
    let keptSeed: Int

    /// - Parameter kept: which run's model is the one at `model`.
    init(_ runs: [BenchmarkSeeds.Run], kept: Int, model: String) {
        let benchmark = runs[kept].model.benchmark
        self.benchmark = benchmark
        self.model = model
        seeds = runs.map {
            Row(
                seed: $0.model.provenance.seed, model: $0.model.path, hash: $0.model.hash,
                steps: $0.model.provenance.steps,
                validation: BenchmarkResult.Nats($0.validation.nats, benchmark),
                test: BenchmarkResult.Nats($0.test.nats, benchmark))
        }
        validation = BenchmarkSeeds.Spread(runs.map(\.validation.nats))
        test = BenchmarkSeeds.Spread(runs.map(\.test.nats))
        keptSeed = runs[kept].model.provenance.seed
    }

    /// For people.
    var summary: String {
        var table = TextTable([
            ("nats per \(benchmark.unit)", .left), ("validation", .right), ("test", .right),
            ("steps", .right),
        ])
        for row in seeds {
            table.add([
                "seed \(row.seed)", row.validation.value.rounded(to: 4),
                row.test.value.rounded(to: 4), row.steps.grouped,
            ])
        }
        table.add(["mean and standard deviation", validation.text, test.text, ""])
        return "\(table)\n\nkept, as it validates best: seed \(keptSeed), \(model)"
    }
}

extension BenchmarkSeeds.Spread {
    fileprivate var text: String {
        "\(mean.rounded(to: 4)) ± \(standardDeviation.rounded(to: 4))"
    }
}
