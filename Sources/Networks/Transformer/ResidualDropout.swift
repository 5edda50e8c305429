import CKernels
import Files
import Tensors

/// Dropout inside the layers (Srivastava et al. 2014): of what attention and the feed-forward networks
/// add to the residual stream, and of the feed-forward networks' hidden units.
///
/// Masks are functions of a seed and the place, made again for the gradient, so none is kept.
struct ResidualDropout {
    enum Site: UInt64 {
        case attention, hidden, feedForward
    }

    /// 0 ≤ rate < 1
    let rate: Float
    private var seed: UInt64 = 0

    init(rate: Float) { self.rate = rate }

    var isActive: Bool { rate > 0 }

    /// New masks for the next window.
    mutating func draw(using generator: inout SeededGenerator) {
        if isActive { seed = generator.next() }
    }

    /// `output` = `input`, the rows from `start` on, where the mask keeps it, scaled; both (n, width).
    func apply(_ site: Site, layer: Int, from start: Int, to input: Matrix, into output: Matrix) {
        let seed = SplitMix64.hash(
            of: seed &+ UInt64(start) << 16 ^ UInt64(layer) << 2 ^ site.rawValue)
        clara_dropout(output.base, input.base, input.count, seed, rate)
    }
}
