import Foundation

/// Each key of the piano for itself, by counts of the training pieces and one more of each kind
/// (Laplace).
struct FrameAnchors {
    /// How often each key was silent and sounded, after silence and after sound: (88, 2, 2).
    private var transitions = Array(repeating: [[1.0, 1.0], [1.0, 1.0]], count: keys.count)
    /// How often each key was silent and sounded: (88, 2).
    private var occurrences = Array(repeating: [1.0, 1.0], count: keys.count)

    private static let keys = FramePieces.pitches

    init(countedOn training: [FramePieces.Piece]) {
        for piece in training {
            var before: Set<Int>?
            for frame in piece.map({ Set($0) }) {
                for (index, key) in Self.keys.enumerated() {
                    let state = frame.contains(key) ? 1 : 0
                    occurrences[index][state] += 1
                    if let before { transitions[index][before.contains(key) ? 1 : 0][state] += 1 }
                }
                before = frame
            }
        }
    }

    /// Nats per frame: of the keys' shares, and of first-order chains, which leave out the pieces'
    /// first frames.
    func measure(_ pieces: [FramePieces.Piece]) -> [BenchmarkAnchor] {
        var (marginal, frames, chain, followers) = (0.0, 0, 0.0, 0)
        for piece in pieces {
            var before: Set<Int>?
            for frame in piece.map({ Set($0) }) {
                frames += 1
                if before != nil { followers += 1 }
                for (index, key) in Self.keys.enumerated() {
                    let state = frame.contains(key) ? 1 : 0
                    marginal += loss(of: state, occurrences[index])
                    guard let before else { continue }
                    let earlier = before.contains(key) ? 1 : 0
                    chain += loss(of: state, transitions[index][earlier])
                }
                before = frame
            }
        }
        return [
            BenchmarkAnchor(name: "marginal of each key", nats: marginal / Double(max(1, frames))),
            BenchmarkAnchor(
                name: "first-order Markov chain of each key",
                nats: chain / Double(max(1, followers))),
        ]
    }

    private func loss(of state: Int, _ counts: [Double]) -> Double {
        -log(counts[state] / (counts[0] + counts[1]))
    }
}
