import Baselines
import Foundation
import Networks

/// An n-gram model as what writes takes knows models: a stream's state is its last tokens.
struct NGramWriter: NextTokenModel {
    private let model: NGramModel

    init(_ model: NGramModel) { self.model = model }

    var vocabularySize: Int { model.vocabularySize }

    func initialState(streams: Int) -> [[Int]] { Array(repeating: [], count: streams) }

    func step(_ tokens: [Int], state: inout [[Int]], logits: inout [Float]) {
        logits.removeAll(keepingCapacity: true)
        for (stream, token) in tokens.enumerated() {
            // As many as the longest n-gram has: one more than its context needs.
            state[stream] = (state[stream] + [token]).suffix(model.order)
            logits += self.logits(after: state[stream])
        }
    }

    func read(_ prompt: [Int], state: inout [[Int]], logits: inout [Float]) {
        state[0] = (state[0] + prompt).suffix(model.order)
        logits = self.logits(after: state[0])
    }

    func fork(_ state: [[Int]], streams: Int) -> [[Int]] {
        Array(repeating: state[0], count: streams)
    }

    func select(_ streams: [Int], from state: [[Int]]) -> [[Int]] { streams.map { state[$0] } }

    func join(_ states: [[[Int]]]) -> [[Int]] { Array(states.joined()) }

    private func logits(after context: [Int]) -> [Float] {
        model.probabilities(after: context).map { Float(log($0)) }
    }
}
