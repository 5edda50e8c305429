import CKernels
import Tensors

extension ParameterSet {
    /// The tensors as a file stores them, each name after `prefix`.
    package func tensors(
        as type: SafetensorsFile.ElementType = .float32, prefix: String = ""
    ) -> [SafetensorsFile.Tensor] {
        tensors.map {
            SafetensorsFile.Tensor(
                name: prefix + $0.name, type: type, shape: $0.shape, values: values(of: $0))
        }
    }

    /// Fills every tensor from the file's tensor of the same name (after `prefix`), type and shape.
    package func load(
        from file: SafetensorsFile, as type: SafetensorsFile.ElementType = .float32,
        prefix: String = ""
    ) throws(SafetensorsError) {
        for tensor in tensors {
            let bytes = try file.bytes(of: prefix + tensor.name, type: type, shape: tensor.shape)
            fill(tensor, from: bytes, type: type)
        }
    }

    private func fill(
        _ tensor: Tensor, from bytes: UnsafeRawBufferPointer, type: SafetensorsFile.ElementType
    ) {
        let values = values(of: tensor)
        if type == .float32 {
            UnsafeMutableRawBufferPointer(values).copyMemory(from: bytes)
        } else if let base = values.baseAddress, let half = bytes.baseAddress {
            clara_float_from_half(base, half.assumingMemoryBound(to: UInt16.self), tensor.count)
        }
    }
}
