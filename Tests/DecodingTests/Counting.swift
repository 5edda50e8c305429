import Decoding
import Foundation
import Tensors

/// The frequencies of the tokens in `draws` seeded draws from the same logits.
func frequencies(
    _ sampler: Sampler, _ logits: [Float], draws: Int = 20_000, seed: UInt64 = 1
) throws -> [Double] {
    var sampler = sampler
    var generator = SeededGenerator(seed: seed)
    var counts = [Double](repeating: 0, count: logits.count)
    for _ in 0..<draws {
        guard let choice = try sampler.sample(from: logits, using: &generator) else { continue }
        counts[choice.token] += 1
    }
    return counts.map { $0 / Double(draws) }
}

func softmax(_ logits: [Float], temperature: Double = 1) -> [Double] {
    let weights = logits.map { exp(Double($0) / temperature) }
    return weights.map { $0 / weights.reduce(0, +) }
}

/// Whether frequencies fit probabilities by a χ² test at the 0.1 % level, up to 9 degrees of freedom.
/// What has no probability must not occur at all.
func fits(_ frequencies: [Double], _ probabilities: [Double], draws: Int = 20_000) -> Bool {
    var chiSquare = 0.0
    for (frequency, probability) in zip(frequencies, probabilities) {
        if probability == 0 {
            if frequency > 0 { return false }
        } else {
            chiSquare += pow(frequency - probability, 2) / probability * Double(draws)
        }
    }
    return chiSquare < 27.9
}

/// `probabilities` with only the given tokens left, summing to 1.
func leaving(_ tokens: Set<Int>, of probabilities: [Double]) -> [Double] {
    let kept = probabilities.enumerated().map { tokens.contains($0.offset) ? $0.element : 0 }
    return kept.map { $0 / kept.reduce(0, +) }
}
