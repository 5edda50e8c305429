import Files

/// Where in the pieces of an index a passage occurs: the prints of all pieces in a row, and a table of
/// the places of every two prints in a row, which are four chords.
///
/// It is made when an index is read, in a fraction of a second, and takes about ten bytes a chord.
package struct PassageTable: Sendable {
    package let index: OriginalityIndex
    /// Those of all pieces in a row, `PassagePrint.bits`.
    let prints: [UInt16]
    /// Where in `prints` each piece's begin, and where the last one's end.
    let starts: [Int]
    /// For each key where in `places` its own begin; one more than there are keys.
    private let offsets: [UInt32]
    private let places: [UInt32]

    /// Prints that are looked up together.
    static let seed = 2
    /// A figure that occurs more often tells nothing, and a run of nothing else is not looked for.
    private static let commonplace = 4_096
    /// Keys have so many bits: there are about as many keys as places.
    private let keyBits: Int

    package init(_ index: OriginalityIndex) {
        self.index = index
        let prints = index.pieces.flatMap { $0.prints.map(\.bits) }
        var starts = [0]
        for piece in index.pieces { starts.append(starts[starts.count - 1] + piece.prints.count) }
        let keyBits = max(8, min(20, Int.bitWidth - prints.count.leadingZeroBitCount))
        // Sorted by counting: first how many places each key has, then these at their offsets.
        var offsets = [UInt32](repeating: 0, count: 1 << keyBits + 1)
        func forEachSeed(_ body: (Int, Int) -> Void) {
            prints.withUnsafeBufferPointer { prints in
                for piece in index.pieces.indices {
                    let range =
                        starts[piece]..<max(starts[piece], starts[piece + 1] - Self.seed + 1)
                    for place in range { body(Self.key(prints, at: place, bits: keyBits), place) }
                }
            }
        }
        forEachSeed { key, _ in offsets[key + 1] += 1 }
        for key in offsets.indices.dropFirst() { offsets[key] += offsets[key - 1] }
        var next = offsets
        var places = [UInt32](repeating: 0, count: Int(offsets[offsets.count - 1]))
        forEachSeed { key, place in
            places[Int(next[key])] = UInt32(place)
            next[key] += 1
        }
        self.keyBits = keyBits
        self.prints = prints
        self.starts = starts
        self.offsets = offsets
        self.places = places
    }

    /// The places where the same pitches may be as in the two prints of `query` at `start`: others
    /// share the key. None where it is commonplace.
    func candidates(_ query: UnsafeBufferPointer<UInt16>, at start: Int) -> ArraySlice<UInt32> {
        let key = Self.key(query, at: start, bits: keyBits)
        let range = Int(offsets[key])..<Int(offsets[key + 1])
        return range.count > Self.commonplace ? [] : places[range]
    }

    /// The piece that has the print at `place`.
    func piece(at place: Int) -> Int {
        var (low, high) = (0, index.pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle + 1] <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func key(
        _ prints: UnsafeBufferPointer<UInt16>, at start: Int, bits: Int
    ) -> Int {
        var word: UInt64 = 0
        for offset in 0..<seed { word = word << 12 | UInt64(prints[start + offset] >> 4) }
        return Int(SplitMix64.hash(of: word) >> (64 - UInt64(bits)))
    }
}
