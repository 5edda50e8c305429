import Foundation

/// Each voice for itself, by counts of the training pieces and a tenth more of each of its values.
struct ChoraleAnchors {
    /// Of each voice how often it has a value, and how often after another.
    private var occurrences = Array(repeating: [Int?: Double](), count: ChoralePieces.voices)
    private var transitions = Array(
        repeating: [Int?: [Int?: Double]](), count: ChoralePieces.voices)
    /// How many values there are: the pitches from the lowest to the highest of all training pieces,
    /// and the rest.
    private var values = 1

    private static let share = 0.1

    init(countedOn training: [ChoralePieces.Piece]) {
        for piece in training {
            for (voice, line) in lines(of: piece).enumerated() {
                for (index, value) in line.enumerated() {
                    occurrences[voice][value, default: 0] += 1
                    if index > 0 {
                        transitions[voice][line[index - 1], default: [:]][value, default: 0] += 1
                    }
                }
            }
        }
        let pitches = occurrences.flatMap { $0.keys.compactMap(\.self) }
        if let lowest = pitches.min(), let highest = pitches.max() {
            values += highest - lowest + 1
        }
    }

    /// Nats per token: by the values' shares, and given the voice's value before; the first one's
    /// share stands for itself.
    func measure(_ pieces: [ChoralePieces.Piece]) -> [BenchmarkAnchor] {
        var (unigram, bigram, tokens) = (0.0, 0.0, 0)
        for piece in pieces {
            for (voice, line) in lines(of: piece).enumerated() {
                for (index, value) in line.enumerated() {
                    let alone = loss(of: value, occurrences[voice])
                    unigram += alone
                    bigram +=
                        index == 0
                        ? alone : loss(of: value, transitions[voice][line[index - 1]] ?? [:])
                    tokens += 1
                }
            }
        }
        let count = Double(max(1, tokens))
        return [
            BenchmarkAnchor(name: "unigram of each voice", nats: unigram / count),
            BenchmarkAnchor(name: "bigram of each voice", nats: bigram / count),
        ]
    }

    private func lines(of piece: ChoralePieces.Piece) -> [[Int?]] {
        (0..<ChoralePieces.voices).map { voice in piece.map { $0[voice] } }
    }

    private func loss(of value: Int?, _ counts: [Int?: Double]) -> Double {
        let all = counts.values.reduce(0, +) + Self.share * Double(values)
        return -log(((counts[value] ?? 0) + Self.share) / all)
    }
}
