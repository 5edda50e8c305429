import Tensors

extension FloatBuffer {
    /// Numbers in −1 ..< 1.
    func fillRandomly(seed: UInt64 = 1) {
        var generator = SeededGenerator(seed: seed)
        for index in 0..<count { base[index] = 2 * generator.uniform() - 1 }
    }
}
