/// Keys and values of a fixed number of successive places of one stream, in all layers and heads; see
/// `clara_attention_step.h`.
///
/// Memory is taken when it is first written. Safe to share: a stream writes into a block only while no
/// other stream has it.
final class KeyValueBlock: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    private let bytes: Int

    init(bytes: Int) {
        self.bytes = bytes
        base = .allocate(byteCount: max(64, bytes), alignment: 64)
    }

    deinit { base.deallocate() }

    func copy(from other: KeyValueBlock) {
        base.copyMemory(from: other.base, byteCount: bytes)
    }
}
