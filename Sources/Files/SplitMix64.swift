/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators"
/// (OOPSLA 2014), used to turn one seed into a whole state, and to hash words.
package struct SplitMix64 {
    @usableFromInline static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        defer { state &+= Self.increment }
        return Self.hash(of: state)
    }

    /// The first number of a generator that begins at `word`.
    @inlinable
    package static func hash(of word: UInt64) -> UInt64 { mix(word &+ increment) }

    /// The generator's finaliser.
    @inlinable
    package static func mix(_ word: UInt64) -> UInt64 {
        var mixed = word
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
