import CKernels
import Tensors

/// Pools the features of B sequences of different lengths, which come window by window. Places behind
/// a sequence's end count for nothing, forwards and backwards.
final class PoolingLayer {
    /// (B, P·E); of the sequences taken in so far. A stream without a sequence has zeros.
    let output: Matrix

    private let parts: [SequencePooling]
    private let width: Int
    private let buffer: FloatBuffer
    /// Of each unit the place of its largest value, (B·E).
    private var largestPlaces: [Int]
    /// Of each stream the places of its sequence, (B).
    private var lengths: [Int]

    /// - Parameters:
    ///   - width: E
    ///   - streams: B
    init(_ pooling: SequencePooling, width: Int, streams: Int) {
        parts = pooling.parts
        self.width = width
        buffer = FloatBuffer(zeros: streams * parts.count * width)
        output = buffer.matrix(rows: streams, columns: parts.count * width)
        largestPlaces = [Int](repeating: 0, count: streams * width)
        lengths = [Int](repeating: 0, count: streams)
    }

    /// New sequences, of the given numbers of places; at most B.
    func begin(lengths given: [Int]) {
        for stream in lengths.indices {
            lengths[stream] = stream < given.count ? given[stream] : 0
        }
        output.fill(0)
    }

    /// Takes in the features of a window, (T·B, E), steps outermost.
    ///
    /// - Parameter start: the place of the window's first step in the sequences.
    func forward(_ features: Matrix, from start: Int) {
        for stream in lengths.indices {
            for place in places(ofStream: stream, in: features, from: start) {
                let x = row(of: features, stream: stream, step: place - start)
                for (part, pooling) in parts.enumerated() {
                    let y = self.part(part, of: output, stream: stream)
                    switch pooling {
                    case .last: if place == lengths[stream] - 1 { y.copy(from: x) }
                    case .mean: clara_add_scaled(y.base, x.base, 1 / Float(lengths[stream]), width)
                    case .max: takeLargest(x, into: y, stream: stream, place: place)
                    case .concatenated: break
                    }
                }
            }
        }
    }

    private func takeLargest(_ x: Matrix, into y: Matrix, stream: Int, place: Int) {
        for unit in 0..<width where place == 0 || x.base[unit] > y.base[unit] {
            y.base[unit] = x.base[unit]
            largestPlaces[stream * width + unit] = place
        }
    }

    /// Writes the gradient of a window's features, (T·B, E), from that of the output, (B, P·E).
    ///
    /// - Returns: whether any place of the window has a part in the output.
    func backward(dOutput: Matrix, from start: Int, into dFeatures: Matrix) -> Bool {
        dFeatures.fill(0)
        var takesPart = false
        for stream in lengths.indices {
            for place in places(ofStream: stream, in: dFeatures, from: start) {
                let dx = row(of: dFeatures, stream: stream, step: place - start)
                for (part, pooling) in parts.enumerated() {
                    let dy = self.part(part, of: dOutput, stream: stream)
                    switch pooling {
                    case .last:
                        guard place == lengths[stream] - 1 else { continue }
                        dx.add(dy)
                    case .mean:
                        clara_add_scaled(dx.base, dy.base, 1 / Float(lengths[stream]), width)
                    case .max:
                        for unit in 0..<width where largestPlaces[stream * width + unit] == place {
                            dx.base[unit] += dy.base[unit]
                        }
                    case .concatenated: break
                    }
                    takesPart = true
                }
            }
        }
        return takesPart
    }

    /// The places of a stream's sequence that lie in a window.
    private func places(ofStream stream: Int, in window: Matrix, from start: Int) -> Range<Int> {
        start..<max(start, min(lengths[stream], start + window.rows / lengths.count))
    }

    /// (1, E)
    private func row(of window: Matrix, stream: Int, step: Int) -> Matrix {
        window.rows(from: step * lengths.count + stream, count: 1)
    }

    /// One pooling's units of a stream, (1, E), of a matrix as wide as the output.
    private func part(_ part: Int, of pooled: Matrix, stream: Int) -> Matrix {
        Matrix(
            base: pooled.rows(from: stream, count: 1).base + part * width, rows: 1, columns: width)
    }
}
