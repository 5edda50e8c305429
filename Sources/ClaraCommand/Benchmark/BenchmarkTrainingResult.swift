import Clara
import Foundation
import PublishedBenchmarks

/// What training for a benchmark says at its end.
struct BenchmarkTrainingResult: Encodable {
    let model: String
    let hash: String
    let bytes: Int
    let benchmark: PublishedBenchmark
    let steps: Int
    let keptStep: Int
    let seed: Int
    let validation: BenchmarkResult.Nats

    init(_ model: BenchmarkModel) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: model.path)
        self.model = model.path
        hash = model.hash
        bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
        benchmark = model.benchmark
        steps = model.provenance.steps
        keptStep = model.provenance.keptStep
        seed = model.provenance.seed
        validation = BenchmarkResult.Nats(model.provenance.validNats, benchmark)
    }

    /// For people.
    var summary: String {
        let megabytes = (Double(bytes) / 1e6).rounded(to: 1)
        return """
            trained for \(steps.of("step")); the weights after step \(keptStep.grouped) are kept
            validation: \(validation.text)
            model: \(model) (\(megabytes) MB, hash \(hash))
            """
    }
}
