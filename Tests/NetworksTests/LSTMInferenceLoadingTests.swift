import Networks
import Tensors
import TestSupport
import Testing

/// A file that does not fit its network is refused with the tensor's name, what was expected and what
/// was found, whatever the precision.
@Suite struct LSTMInferenceLoadingTests {
    private static let network = InferenceCase(
        embedding: 6, hidden: 10, layers: 2, contexts: CountingContext.count, precision: .int8,
        scores: CountingContext.scores)

    /// What reading the network throws after its tensors were changed.
    private static func error(
        _ precision: WeightPrecision,
        changing change: (inout [SafetensorsFile.Tensor]) -> Void
    ) throws -> SafetensorsError? {
        let configuration = try network.configuration
        var tensors = configuration.randomWeights(seed: 1).tensors(as: .float16)
        change(&tensors)
        return try withTemporaryFolder { folder in
            try SafetensorsFile.write(tensors, metadata: [:], to: folder + "/m")
            let file = try SafetensorsFile(path: folder + "/m")
            do throws(SafetensorsError) {
                _ = try LSTMInference(
                    configuration: configuration, context: CountingContext(), file: file,
                    precision: precision)
                return nil
            } catch {
                return error
            }
        }
    }

    private static func tensor(_ name: String, _ shape: [Int]) -> SafetensorsFile.Tensor {
        let values = FloatBuffer(zeros: shape.reduce(1, *))
        return SafetensorsFile.Tensor(
            name: name, type: .float16, shape: shape, values: values.elements)
    }

    private static var shapes: [(name: String, shape: [Int])] {
        get throws { try network.configuration.shapes }
    }

    @Test(arguments: WeightPrecision.allCases)
    func eachTensorMustBeThere(precision: WeightPrecision) throws {
        #expect(try Self.error(precision) { _ in } == nil)
        for (name, _) in try Self.shapes {
            guard
                case .missingTensor(_, name) = try Self.error(
                    precision, changing: { $0.removeAll { $0.name == name } })
            else {
                Issue.record("\(name) is not missed")
                continue
            }
        }
    }

    @Test(arguments: WeightPrecision.allCases)
    func eachTensorMustHaveItsShape(precision: WeightPrecision) throws {
        for (index, (name, shape)) in try Self.shapes.enumerated() {
            let larger = shape.dropLast() + [(shape.last ?? 0) + 1]
            let error = try Self.error(precision) { $0[index] = Self.tensor(name, Array(larger)) }
            guard case .wrongShape(_, name, shape, Array(larger)) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: WeightPrecision.allCases)
    func eachTensorMustHoldFloats(precision: WeightPrecision) throws {
        for (index, (name, shape)) in try Self.shapes.enumerated() {
            let error = try Self.error(precision) {
                $0[index] = SafetensorsFile.Tensor(
                    name: name, shape: shape,
                    values: [Int32](repeating: 0, count: shape.reduce(1, *)))
            }
            guard case .wrongType(_, name, "F16 or F32", "I32") = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
            #expect(error?.description.contains("“\(name)” should be of type F16 or F32") == true)
        }
    }

    /// A weight that is no number is seen in the logits, where the sampler refuses it.
    @Test(arguments: WeightPrecision.allCases)
    func aWeightThatIsNoNumberIsNotHidden(precision: WeightPrecision) throws {
        let configuration = try Self.network.configuration
        for (index, tensor) in try Self.shapes.enumerated() where tensor.shape.count == 2 {
            let weights = configuration.randomWeights(seed: 1)
            weights.values(of: weights.tensors[index])[0] = .nan
            try withTemporaryFolder { folder in
                try SafetensorsFile.write(
                    weights.tensors(as: .float16), metadata: [:], to: folder + "/m")
                let model = try LSTMInference(
                    configuration: configuration, context: CountingContext(),
                    file: try SafetensorsFile(path: folder + "/m"), precision: precision)
                var state = model.initialState(streams: 1)
                var logits: [Float] = []
                // Every context id holds now and then, and the lowest note's highest interval.
                let isSeen = [0, 1, 1, 2, 3].contains { token in
                    model.step([token], state: &state, logits: &logits)
                    return logits.contains { !$0.isFinite }
                }
                #expect(isSeen, "hidden in \(tensor.name)")
            }
        }
    }
}
