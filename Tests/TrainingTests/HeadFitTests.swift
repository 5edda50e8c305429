import Foundation
import Networks
import Tensors
import Testing
import Training

/// A head that is trained to its end, on features that stay as they are.
@Suite struct HeadFitTests {
    /// Features of ±1 and weights ±w of the two classes: 1 / (1 + e²ʷ) = penalty · w. For w = 1/2 the
    /// penalty is 2 / (1 + e) = 0.53788, over 1.05, as variances are taken a twentieth larger.
    @Test func theWeightsAreTheMinimumsByHand() {
        let found = SoftmaxRegression(
            features: [[-1], [1]], labels: [0, 1], classes: 2, penalty: 0.512_269_37)
        #expect(abs(found.weights[1] - 0.5) < 1e-4)
        #expect(abs(found.weights[0] + 0.5) < 1e-4)
        #expect(found.bias.allSatisfy { abs($0) < 1e-5 })
    }

    @Test func unitsOfTheFeaturesDoNotMatter() {
        var dice = SeededGenerator(seed: 3)
        let plain = (0..<60).map { index in
            (0..<4).map { Float(index % 3 == $0 ? 1 : 0) + dice.uniform() }
        }
        let labels = (0..<60).map { $0 % 3 }
        let scaled = plain.map { $0.map { 1_000 * $0 + 5 } }
        let (a, b) = (fit(plain, labels), fit(scaled, labels))
        for (row, other) in zip(plain, scaled) {
            for (x, y) in zip(a.logits(of: row), b.logits(of: other)) { #expect(abs(x - y) < 0.02) }
        }
        let right = zip(plain, labels).count { row, label in
            let logits = a.logits(of: row)
            return logits[label] == logits.max()
        }
        #expect(right > 50)
    }

    private func fit(_ features: [[Float]], _ labels: [Int]) -> SoftmaxRegression {
        SoftmaxRegression(features: features, labels: labels, classes: 3, penalty: 0.01)
    }

    @Test func whatNeverVariesTellsNothing() {
        let found = SoftmaxRegression(
            features: [[7, -1], [7, 1]], labels: [0, 1], classes: 2, penalty: 0.1)
        #expect(found.weights[0] == 0 && found.weights[2] == 0)
        #expect(found.weights[3] > 0.1)
    }

    /// Random layers tell two Markov chains apart when their head is fitted, and stay as they are.
    @Test func aFittedHeadTellsChainsApartOnFeaturesThatStay() throws {
        let configuration = try ClassifierConfiguration(
            network: ClassifierTrainerTests.Kind.lstm.network(), pooling: .concatenated, hidden: 0,
            classes: ["one", "two"])
        let weights = configuration.randomWeights(seed: 4)
        let body = try #require(weights.tensor(named: "embedding.weight"))
        let before = Array(weights.values(of: body))
        let classifier = SequenceClassifier(
            configuration: configuration, weights: weights, steps: 16, streams: 16)
        let heldOut = ChainPieces(200, lengths: 64...96, seed: 2).labelled
        let random = classifier.score(heldOut).accuracy
        var shares: [Double] = []
        classifier.fitHead(
            ChainPieces(400, lengths: 64...96, seed: 1).labelled,
            heldOut: ChainPieces(100, lengths: 64...96, seed: 3).labelled, seed: 1
        ) { shares.append($0) }
        let fitted = classifier.score(heldOut).accuracy
        #expect(fitted > 0.7 && fitted > random + 0.05)
        #expect(Array(weights.values(of: body)) == before)
        #expect(shares == shares.sorted() && shares.last == 1)
    }
}
