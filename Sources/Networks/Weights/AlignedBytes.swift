/// Bytes at a fixed address, at the start of a cache line; zeros at first.
///
/// Safe to share once its maker has filled it: nobody writes into it after.
final class AlignedBytes: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int

    init(zeros count: Int) {
        self.count = count
        base = .allocate(byteCount: max(64, count), alignment: 64)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, count))
    }

    /// Room for `count` zeros of a trivial type.
    convenience init<Element: BitwiseCopyable>(zeros count: Int, of type: Element.Type) {
        self.init(zeros: count * MemoryLayout<Element>.stride)
    }

    deinit { base.deallocate() }

    func pointer<Element: BitwiseCopyable>(
        to type: Element.Type
    ) -> UnsafeMutablePointer<Element> {
        base.assumingMemoryBound(to: type)
    }
}
