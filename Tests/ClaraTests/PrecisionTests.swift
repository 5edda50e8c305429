import Clara
import Decoding
import Encodings
import Networks
import Testing

/// Models of either kind, generating at every precision.
@Suite struct PrecisionTests {
    static let networks = [
        "kind = \"lstm\"\nembedding = 16\nhidden = 24",
        "kind = \"transformer\"\nembedding = 16\nlayers = 2\nheads = 2\nfeed-forward = 24\nwindow = 70",
    ]

    @Test(arguments: networks, WeightPrecision.allCases)
    func whatGeneratesForeseesLikeTheNetworkOfTraining(
        network: String, precision: WeightPrecision
    ) throws {
        let folder = try TinyTraining.folderWithPieces(301...304)
        let model = try RandomModel.make(network: network, precision: precision)
        let trained = try Evaluation(of: model, on: [folder.path]).run().likelihood
        let generated =
            try Evaluation(of: model, on: [folder.path], isAsGenerated: true).run().likelihood
        #expect(generated.tokens == trained.tokens)
        #expect(generated.notes == trained.notes)
        let tolerance = precision == .int8 ? 0.01 : 1e-5
        #expect(abs(generated.nats - trained.nats) < tolerance * trained.nats)
    }

    @Test(arguments: networks, WeightPrecision.allCases)
    func everyNetworkContinuesAndSearchesAtEveryPrecision(
        network: String, precision: WeightPrecision
    ) throws {
        let model = try RandomModel.make(network: network, precision: precision)
        let methods: [ContinuationSettings.Method] = [
            .sampling(try SamplingSettings(), seed: 1), .beams(try BeamSettings()),
        ]
        for method in methods {
            let settings = try ContinuationSettings(length: .bars(1), takes: 1, method: method)
            let continuation = try Continuation(
                of: GeneratedPieces.score(seed: 5), named: "five", by: model, settings: settings)
            let takes = try continuation.takes()
            #expect(takes.count == 1)
            let told = TakeSettings(continuation, origin: takes[0].origin)
            #expect(told.precision == precision && told.model == model.hash)
        }
    }
}
