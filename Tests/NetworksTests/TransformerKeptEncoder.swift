import Networks
import Tensors

/// An encoder with the weights that it works on, which it does not keep alive itself.
final class KeptEncoder {
    let body: any SequenceEncoder
    let weights: ParameterSet
    let gradients: ParameterSet

    init(
        _ network: NetworkConfiguration, weights: ParameterSet, steps: Int, streams: Int,
        regularisation: Regularisation, threads: Int
    ) {
        self.weights = weights
        gradients = ParameterSet(like: weights)
        body = network.makeEncoder(
            weights: weights, gradients: gradients, steps: steps, streams: streams,
            regularisation: regularisation, team: ThreadTeam(threads: threads))
    }
}
