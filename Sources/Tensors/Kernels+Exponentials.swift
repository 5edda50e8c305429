import CKernels

extension Kernels {
    /// e^x of each of `values`, all at most 0, in place: rounded from 40 bits, so that all machines
    /// get the same but for one in thousands.
    package static func exponentials(_ values: UnsafeMutableBufferPointer<Float>) {
        guard let base = values.baseAddress else { return }
        clara_exponentials(base, base, values.count)
    }
}
