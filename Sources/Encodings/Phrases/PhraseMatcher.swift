/// Guesses a sequence's next symbol: what came after an earlier stretch that is like the present one, the latest
/// when it was found. Compressors call it a match model (Mahoney 2005).
///
/// Constant time for each symbol, on average; some 30 bytes.
struct PhraseMatcher: Hashable, Sendable {
    /// How many symbols two stretches must share to be alike.
    private static let shortest = 6
    /// The most that are compared.
    private static let longest = 64
    /// Of the sixteen latest guesses so many may be wrong before the earlier stretch is given up.
    private static let mostMisses = 8

    /// Where a stretch of `shortest` symbols was last, and how often it was there.
    private struct Past: Hashable, Sendable {
        /// The index of what followed.
        var follower: Int32
        var times: Int32
    }

    private var symbols: [Int32] = []
    /// By a hash of the stretch.
    private var pasts: [UInt64: Past] = [:]
    /// How often the latest stretch was there before.
    private var times = 0
    /// The index of the guess; −1 without one.
    private var next = -1
    /// How many symbols agree up to the guess.
    private var agreement = 0
    /// Which of the latest guesses were wrong, the latest in the lowest bit.
    private var misses: UInt16 = 0

    /// Nil where nothing like the present stretch has been.
    var guess: Int32? { next < 0 ? nil : symbols[next] }

    /// How many classes of each kind `standing` tells apart.
    private static let (agreements, errors, repeats) = (8, 3, 4)

    /// How many standings there are.
    static let standings = agreements * errors * repeats

    /// How far the guess is to be trusted, below `standings`: classes of how many symbols agree, of how many of the
    /// latest eight guesses were wrong, and of how often the like was there before, for what has come four times
    /// hardly comes a fifth.
    var standing: Int {
        let wrong = min(Self.errors - 1, (misses & 0xFF).nonzeroBitCount)
        let agreed =
            switch agreement {
            case 0: 0
            case ...2: 1
            case ...5: 2
            case ...8: 3
            case ...14: 4
            case ...29: 5
            case ...59: 6
            default: 7
            }
        let often =
            switch times {
            case ...1: 0
            case 2: 1
            case ...4: 2
            default: 3
            }
        return (Self.errors * agreed + wrong) * Self.repeats + often
    }

    mutating func append(_ symbol: Int32) {
        if next >= 0 { check(symbol) }
        symbols.append(symbol)
        guard symbols.count >= Self.shortest else { return }
        let key = symbols[(symbols.count - Self.shortest)...].reduce(UInt64(0)) {
            ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x9E37_79B9_7F4A_7C15
        }
        let past = pasts[key]
        if let past, next < 0 || agreement < Self.shortest { follow(from: Int(past.follower)) }
        times = Int(past?.times ?? 0)
        pasts[key] = Past(follower: Int32(symbols.count), times: Int32(clamping: times + 1))
    }

    /// Goes on in the earlier stretch, also where the guess was wrong: phrases come back with changes.
    private mutating func check(_ symbol: Int32) {
        let isRight = symbols[next] == symbol
        agreement = isRight ? agreement + 1 : 0
        misses = misses << 1 | (isRight ? 0 : 1)
        next = misses.nonzeroBitCount > Self.mostMisses ? -1 : next + 1
    }

    private mutating func follow(from follower: Int) {
        var agreed = 0
        while agreed < min(Self.longest, follower),
            symbols[follower - 1 - agreed] == symbols[symbols.count - 1 - agreed]
        { agreed += 1 }
        // Another stretch may have the same hash.
        guard agreed >= Self.shortest else { return }
        (next, agreement, misses) = (follower, agreed, 0)
    }

    mutating func reset() {
        symbols.removeAll(keepingCapacity: true)
        pasts.removeAll(keepingCapacity: true)
        (next, agreement, misses, times) = (-1, 0, 0, 0)
    }
}
