/// A fingerprint made ready for comparing: each moment's notes as a number, and how much it tells.
struct Outline: Sendable {
    /// The different moments of the piece.
    let kinds: [Kind]
    /// For each moment its kind.
    let codes: [UInt16]
    /// The sum of what the moments tell, in sixteenths of a bit.
    let total: Int
    /// When each moment begins, in hundredths of a second from the first.
    private let onsets: [Int]

    /// Pitch classes, outer notes, and what their coming tells, in sixteenths of a bit.
    struct Kind: Hashable, Sendable {
        let pitchClasses: UInt16
        let highest, lowest: UInt8
        let weight: Int32
    }

    static let bit = 16
    /// A step that was taken within so many moments tells little.
    private static let memory: Int32 = 24

    init(_ fingerprint: Fingerprint) {
        var numbers: [Kind: UInt16] = [:]
        var kinds: [Kind] = []
        var codes: [UInt16] = []
        var onsets: [Int] = []
        codes.reserveCapacity(fingerprint.moments.count)
        onsets.reserveCapacity(fingerprint.moments.count)
        var (total, now) = (0, 0)
        // When the step from one pair of outer notes to another was last taken.
        var taken = [Int32](repeating: -1000, count: 144 * 144)
        var before = 0
        for (index, moment) in fingerprint.moments.enumerated() {
            let code = Int(moment.highest) * 12 + Int(moment.lowest)
            var weight = index == 0 ? 3 * Int32(Self.bit) : Self.bits(from: before, to: code)
            let step = before * 144 + code
            if Int32(index) - taken[step] <= Self.memory { weight /= 4 }
            // An accompaniment below a held note is soon like another one.
            if !moment.isMelody { weight /= 4 }
            taken[step] = Int32(index)
            before = code
            let kind = Kind(
                pitchClasses: moment.pitchClasses, highest: moment.highest, lowest: moment.lowest,
                weight: weight)
            let number = numbers[kind] ?? UInt16(kinds.count)
            if Int(number) == kinds.count {
                numbers[kind] = number
                kinds.append(kind)
            }
            codes.append(number)
            now += Int(moment.wait)
            onsets.append(now)
            total += Int(weight)
        }
        self.kinds = kinds
        self.codes = codes
        self.onsets = onsets
        self.total = total
    }

    /// When the moments of `range` begin, in seconds.
    func seconds(of range: Range<Int>) -> ClosedRange<Double> {
        guard let last = range.last else { return 0...0 }
        return Double(onsets[range.lowerBound]) / 100...Double(onsets[last]) / 100
    }

    func share(of range: Range<Int>) -> Double {
        codes.isEmpty ? 0 : Double(range.count) / Double(codes.count)
    }

    /// What it tells that `code` follows `before`, in sixteenths of a bit: the melody's step and what
    /// the lowest note is to the highest.
    static func bits(from before: Int, to code: Int) -> Int32 {
        let step = (code / 12 - before / 12 + 12) % 12
        let span = (code / 12 - code % 12 + 12) % 12
        return steps[step] + (span == 0 ? Int32(bit) : spans[span])
    }

    /// Negative logarithms of how often each step (upwards, modulo the octave) and each span occur in
    /// 3,454 pieces of piano music, songs and jazz, in sixteenths of a bit.
    private static let steps: [Int32] = [43, 58, 54, 58, 64, 58, 80, 59, 64, 58, 50, 58]
    private static let spans: [Int32] = [32, 116, 88, 66, 66, 78, 90, 67, 75, 67, 86, 107]
}
