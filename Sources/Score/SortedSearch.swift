extension Array {
    /// Where the last element is that satisfies a condition which holds for a first stretch of the
    /// elements only; 0 where it holds for none. Logarithmic.
    func index(ofLastWhere holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return Swift.max(low - 1, 0)
    }
}
