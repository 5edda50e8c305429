import CKernels

/// The keys and values that one stream still sees, in a ring of blocks, and how far its piece is.
///
/// A value: copies share their blocks until one of them writes, and then differ in that block only.
struct KeyValueCache: Sendable {
    static let blockPlaces = Int(CLARA_KEPT_PLACES)

    /// How many places the piece has so far; the next one's number.
    private(set) var place = 0
    /// W: a place sees itself and the W − 1 places before it.
    private let window: Int
    private let blockBytes: Int
    /// Block number n of the piece stands at n modulo their count.
    private var ring: [KeyValueBlock]
    /// To take the place of blocks that other streams have too.
    private var spares: [KeyValueBlock] = []

    init(window: Int, blockBytes: Int) {
        self.window = window
        self.blockBytes = blockBytes
        ring = Self.blocks(Self.blocks(window: window), bytes: blockBytes)
    }

    /// The most blocks that W places lie in.
    static func blocks(window: Int) -> Int { (window + blockPlaces - 2) / blockPlaces + 1 }

    private static func blocks(_ count: Int, bytes: Int) -> [KeyValueBlock] {
        (0..<count).map { _ in KeyValueBlock(bytes: bytes) }
    }

    /// A copy that will take no memory from the system until its ring has gone round.
    var fork: KeyValueCache {
        var fork = self
        fork.spares = Self.blocks(ring.count, bytes: blockBytes)
        return fork
    }

    /// Nothing is seen any more: a piece begins.
    mutating func reset() { place = 0 }

    /// How many places the block that comes next to be written has left.
    var placesLeftInBlock: Int { Self.blockPlaces - place % Self.blockPlaces }

    /// Goes on by `count` places, which must be left in the block, and makes their block this stream's
    /// own.
    ///
    /// - Parameter blocks: room for the addresses of all blocks that the places see, oldest first.
    /// - Returns: the slots that the first of the places sees, counted from the first block's start.
    mutating func advance(
        by count: Int, blocks: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> ClosedRange<Int> {
        precondition(count <= placesLeftInBlock, "the places lie in several blocks")
        own(place / Self.blockPlaces % ring.count)
        let first = max(0, place - window + 1) / Self.blockPlaces
        for number in first...place / Self.blockPlaces {
            blocks[number - first] = ring[number % ring.count].base
        }
        let start = first * Self.blockPlaces
        defer { place += count }
        return max(0, place - window + 1) - start...place - start
    }

    private mutating func own(_ index: Int) {
        guard !isKnownUniquelyReferenced(&ring[index]) else { return }
        let shared = ring[index]
        ring[index] = spareBlock()
        if place % Self.blockPlaces > 0 { ring[index].copy(from: shared) }
    }

    /// One that no copy of this cache has as well.
    private mutating func spareBlock() -> KeyValueBlock {
        while var spare = spares.popLast() {
            if isKnownUniquelyReferenced(&spare) { return spare }
        }
        return KeyValueBlock(bytes: blockBytes)
    }
}
