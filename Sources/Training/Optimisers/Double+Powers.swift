extension Double {
    /// This number to a whole power of at least 0, by squaring: the same on every machine, as the system's own
    /// `pow` is not.
    func raised(to exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, self, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }
}
