import CKernels
import Tensors

/// Which places each place of a window sees: itself and those before it, at most W in all, across the
/// window's start, but none from before its piece began.
///
/// Keys are counted from the first of the carried places: there are `before` of those, more than
/// W − 1 so that they fill whole blocks, and the window's own follow.
final class AttentionSpan {
    let window: Int
    let streams: Int
    /// Carried places, a multiple of a block.
    let before: Int
    /// How many carried places each stream may still see, (B): the newest ones.
    let carried: FloatBuffer
    /// The first key that each place sees, stream by stream: (B, T).
    private let firstKeys: UnsafeMutableBufferPointer<Int32>
    private let steps: Int
    /// Steps of the last window.
    private(set) var count = 0
    /// Where the piece of each stream began in the last window, if it did.
    private var starts: [Int?]

    /// - Parameter window: W
    init(window: Int, steps: Int, streams: Int) {
        self.window = window
        self.steps = steps
        self.streams = streams
        let block = Int(CLARA_ATTENTION_BLOCK)
        before = (window - 1 + block - 1) / block * block
        carried = FloatBuffer(zeros: streams)
        firstKeys = .allocate(capacity: steps * streams)
        firstKeys.initialize(repeating: 0)
        starts = [Int?](repeating: nil, count: streams)
    }

    deinit { firstKeys.deallocate() }

    /// The keys there are for the last window.
    var keys: Int { before + count }

    /// For a stream of the last window, (T).
    func firstKeys(ofStream stream: Int) -> UnsafePointer<Int32> {
        UnsafePointer(UnsafeMutablePointer(rebasing(stream)))
    }

    private func rebasing(_ stream: Int) -> UnsafeMutablePointer<Int32> {
        guard let base = firstKeys.baseAddress else { preconditionFailure("no places") }
        return base + stream * steps
    }

    func plan(_ tokens: TokenWindow) {
        count = tokens.inputs.count / streams
        for stream in 0..<streams {
            let first = rebasing(stream)
            var oldest = before - min(before, Int(carried.base[stream]))
            starts[stream] = nil
            for step in 0..<count {
                if tokens.inputs[step * streams + stream] == tokens.resetToken {
                    oldest = before + step
                    starts[stream] = step
                }
                first[step] = Int32(max(oldest, before + step - window + 1))
            }
        }
    }

    /// After the last window: its places are among the carried ones now.
    func carry() {
        for stream in 0..<streams {
            let sinceStart = starts[stream].map { count - $0 }
            let seen = sinceStart ?? (Int(carried.base[stream]) + count)
            carried.base[stream] = Float(min(window - 1, seen))
        }
    }
}
