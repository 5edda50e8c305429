import Tensors

/// All the weights of a network, or one number for each (gradients, an optimiser's moments), in one
/// run of memory: optimisers, clipping and checkpoints see a single vector, layers see matrices.
package final class ParameterSet {
    /// Name, shape and place of one tensor.
    package struct Tensor: Hashable, Sendable {
        package let name: String
        /// One or two sizes; row-major.
        package let shape: [Int]
        package let offset: Int

        package var count: Int { shape.reduce(1, *) }
    }

    package let tensors: [Tensor]
    package let buffer: FloatBuffer

    /// Zeros for tensors of the given names and shapes.
    package init(_ shapes: [(name: String, shape: [Int])]) {
        tensors = Self.places(shapes)
        buffer = FloatBuffer(zeros: tensors.reduce(0) { $0 + $1.count })
    }

    /// Tensors of the given names and shapes, one after the other.
    static func places(_ shapes: [(name: String, shape: [Int])]) -> [Tensor] {
        var offset = 0
        return shapes.map { name, shape in
            defer { offset += shape.reduce(1, *) }
            return Tensor(name: name, shape: shape, offset: offset)
        }
    }

    /// Zeros of the same names and shapes as `other`.
    package convenience init(like other: ParameterSet) {
        self.init(other.tensors.map { ($0.name, $0.shape) })
    }

    package var count: Int { buffer.count }

    package func tensor(named name: String) -> Tensor? { tensors.first { $0.name == name } }

    /// The tensor as a matrix: (rows, columns), or (1, count) for a vector.
    package func matrix(_ tensor: Tensor) -> Matrix {
        let columns = tensor.shape.last ?? 1
        return buffer.matrix(
            offset: tensor.offset, rows: tensor.count / max(1, columns), columns: columns)
    }

    package func values(of tensor: Tensor) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: buffer.base + tensor.offset, count: tensor.count)
    }
}
