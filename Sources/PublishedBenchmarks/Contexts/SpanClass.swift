/// Lengths in classes, each about a third longer than the one before from four on, for a network's
/// input.
enum SpanClass {
    private static let bounds = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
    static let count = bounds.count + 1

    /// 0 for no length, … `count` − 1 for more than 32.
    static func of(_ length: Int) -> Int {
        length <= 0 ? 0 : min(count - 1, 1 + (bounds.firstIndex { length <= $0 } ?? bounds.count))
    }
}
