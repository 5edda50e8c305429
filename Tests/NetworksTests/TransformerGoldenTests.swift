import Foundation
import Networks
import Tensors
import Testing

/// Losses and gradients of the same network built of PyTorch's functions, in double precision.
/// Every number below is from Benchmarks/golden/transformer_language_model.py, torch 2.15.0.
@Suite struct TransformerGoldenTests {
    static let windowLosses = [42.6370365, 41.9619367, 42.5807025]

    /// Of the mean loss of the second window after the first: sum, sum of magnitudes, first, last.
    static let gradients: [(name: String, values: [Double])] = [
        ("embedding.weight", [0, 8.6221919e+00, -7.5936218e-01, -3.7320800e-02]),
        (
            "transformer.0.norm1.weight",
            [-1.2988770e-03, 2.3828513e-01, 3.8538997e-02, 2.2998577e-02]
        ),
        (
            "transformer.0.norm1.bias",
            [3.3753513e-02, 6.6609275e-01, -1.1097998e-01, 1.2522205e-01]
        ),
        (
            "transformer.0.self_attn.in_proj_weight",
            [2.4809646e-01, 4.0589089e+00, -1.4416026e-03, -1.0507533e-02]
        ),
        (
            "transformer.0.self_attn.in_proj_bias",
            [-1.7449079e-01, 8.9705301e-01, -1.8522982e-04, -9.4706118e-02]
        ),
        (
            "transformer.0.self_attn.out_proj.weight",
            [0, 2.2580247e+00, -1.9602359e-02, -2.3341941e-02]
        ),
        (
            "transformer.0.self_attn.out_proj.bias",
            [0, 1.1872968e+00, -1.9017103e-01, 9.8504030e-02]
        ),
        (
            "transformer.0.norm2.weight",
            [-2.0280316e-01, 3.1573693e-01, -1.2976122e-01, 2.9925021e-02]
        ),
        (
            "transformer.0.norm2.bias",
            [-1.0205105e-02, 2.6094615e-01, 5.2247031e-02, 1.9830997e-02]
        ),
        (
            "transformer.0.linear1.weight",
            [2.2087248e-01, 4.0017767e+00, -1.5831628e-02, 1.4467826e-02]
        ),
        (
            "transformer.0.linear1.bias",
            [-2.1733018e-01, 4.3298547e-01, 1.7303011e-02, 2.7741819e-02]
        ),
        ("transformer.0.linear2.weight", [0, 6.4001784e+00, 2.3520938e-02, -8.2991564e-03]),
        ("transformer.0.linear2.bias", [0, 7.7832145e-01, -1.7557662e-01, -3.2056479e-02]),
        (
            "transformer.1.norm1.weight",
            [4.3048259e-02, 2.0045961e-01, -1.0063534e-03, -2.5822275e-02]
        ),
        (
            "transformer.1.norm1.bias",
            [-3.3390488e-03, 3.4659708e-01, -6.9018492e-02, 2.4480853e-02]
        ),
        (
            "transformer.1.self_attn.in_proj_weight",
            [1.1106786e-01, 3.9253148e+00, 3.0289969e-03, 2.9504078e-02]
        ),
        (
            "transformer.1.self_attn.in_proj_bias",
            [1.1403205e-01, 5.0087457e-01, 9.7194747e-04, -1.5863866e-02]
        ),
        (
            "transformer.1.self_attn.out_proj.weight",
            [0, 3.8407043e+00, -3.6040460e-02, 1.3750763e-02]
        ),
        (
            "transformer.1.self_attn.out_proj.bias",
            [0, 5.1857464e-01, -8.3850697e-02, -6.9827210e-02]
        ),
        (
            "transformer.1.norm2.weight",
            [-8.9583610e-02, 2.6429047e-01, -7.2847530e-02, 5.7111790e-03]
        ),
        (
            "transformer.1.norm2.bias",
            [6.2384038e-02, 2.5320233e-01, 2.9261530e-02, 3.9219218e-02]
        ),
        (
            "transformer.1.linear1.weight",
            [-9.2659966e-02, 3.2689616e+00, -9.9240749e-03, -2.2787547e-02]
        ),
        (
            "transformer.1.linear1.bias",
            [-7.6818636e-02, 2.8098079e-01, 5.3037396e-03, -5.9361193e-02]
        ),
        ("transformer.1.linear2.weight", [0, 2.1742091e+00, 1.0385768e-02, -1.6302253e-02]),
        ("transformer.1.linear2.bias", [0, 3.4299319e-01, -6.7016614e-02, -9.3991426e-02]),
        (
            "transformer.norm.weight",
            [3.5851760e-01, 9.1404981e-01, 5.5825106e-02, -1.4247578e-01]
        ),
        (
            "transformer.norm.bias",
            [6.6712053e-01, 8.9541254e-01, -3.2512678e-02, -8.1633326e-02]
        ),
        ("output.bias", [0, 7.6868682e-01, 3.8282372e-01, -8.7218821e-02]),
    ]

    @Test func lossesFollowPyTorchWithKeysAndValuesCarried() throws {
        let model = try TransformerFormula.model()
        for (window, expected) in zip(TransformerFormula.windows(), Self.windowLosses) {
            #expect(abs(model.score(window) - expected) < 5e-5)
        }
    }

    @Test func gradientsFollowPyTorch() throws {
        let model = try TransformerFormula.model()
        let windows = TransformerFormula.windows()
        var generator = SeededGenerator(seed: 0)
        _ = model.score(windows[0])
        _ = model.differentiate(windows[1], using: &generator)
        #expect(model.gradients.tensors.map(\.name) == Self.gradients.map(\.name))
        for (tensor, expected) in zip(model.gradients.tensors, Self.gradients) {
            let values = model.gradients.values(of: tensor).map { Double($0) }
            let found = [
                values.reduce(0, +), values.reduce(0) { $0 + abs($1) }, values.first ?? .nan,
                values.last ?? .nan,
            ]
            for (value, golden) in zip(found, expected.values) {
                #expect(abs(value - golden) < 2e-6 + 2e-5 * abs(golden), "\(tensor.name)")
            }
        }
    }
}
