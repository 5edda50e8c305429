import Networks
import Tensors
import TestSupport
import Testing

@Suite struct TransformerInferenceFileTests {
    private static func shapes(
        change: (inout [(name: String, shape: [Int])]) -> Void
    ) throws -> (TransformerConfiguration, [(name: String, shape: [Int])]) {
        let configuration = try TransformerInferenceExample.all[1].configuration()
        var shapes = configuration.shapes
        change(&shapes)
        return (configuration, shapes)
    }

    private static func error(
        _ change: (inout [(name: String, shape: [Int])]) -> Void
    ) throws -> SafetensorsError? {
        let (configuration, shapes) = try shapes(change: change)
        var found: SafetensorsError?
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            try SafetensorsFile.write(ParameterSet(shapes).tensors(), metadata: [:], to: path)
            let file = try SafetensorsFile(path: path)
            found = #expect(throws: SafetensorsError.self) {
                _ = try TransformerInference(
                    configuration: configuration, context: CountingContext(), startToken: 0,
                    file: file, precision: .int8)
            }
        }
        return found
    }

    private static func index(_ name: String, _ shapes: [(name: String, shape: [Int])]) -> Int {
        shapes.firstIndex { $0.name == name } ?? 0
    }

    @Test func aMissingTensorIsNamed() throws {
        for name in ["transformer.1.norm2.bias", "transformer.norm.weight", "context.weight"] {
            let error = try Self.error { $0.remove(at: Self.index(name, $0)) }
            let text = error?.description ?? ""
            #expect(text.contains("has no tensor “\(name)”"))
        }
    }

    @Test func aWrongShapeIsToldWithTheExpectedOne() throws {
        let name = "transformer.0.self_attn.in_proj_weight"
        let error = try Self.error { $0[Self.index(name, $0)].shape = [32, 96] }
        let text = error?.description ?? ""
        #expect(text.contains("tensor “\(name)” should have shape [96, 32], but has [32, 96]"))
    }

    @Test(arguments: WeightPrecision.allCases)
    func a32BitFileSaysTheSameAsThe16BitOneOfItsNumbers(precision: WeightPrecision) throws {
        let example = TransformerInferenceExample.all[2]
        try example.withModel(precision) { model, weights in
            let tokens = TransformerInferenceExample.tokens(70, seed: 1)
            try withTemporaryFolder { folder in
                let path = folder + "/wide.safetensors"
                try SafetensorsFile.write(weights.tensors(), metadata: [:], to: path)
                let wide = try TransformerInference(
                    configuration: example.configuration(), context: nil, startToken: 0,
                    file: SafetensorsFile(path: path), precision: precision)
                #expect(
                    TransformerInferenceExample.logits(wide, after: tokens)
                        == TransformerInferenceExample.logits(model, after: tokens))
            }
        }
    }
}
