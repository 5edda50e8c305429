/// Writes a stretch of time as note values, tied together where one is not enough, so that a reader
/// sees the beats: no value hides the middle of a bar or the beginning of a beat without need.
struct Values {
    /// One printed value.
    struct Piece: Hashable {
        let start: Int
        let value: NoteValue
        var end: Int { start + value.length }
    }

    let tree: MetricTree
    let isRest: Bool

    /// The values from `start` to `end`, which lie on the grid of 128ths within the tree.
    func pieces(from start: Int, to end: Int) -> [Piece] { pieces(start, end, in: tree) }

    private func pieces(_ start: Int, _ end: Int, in node: MetricTree) -> [Piece] {
        guard start < end else { return [] }
        if let piece = piece(start, end, in: node) { return [piece] }
        let parts = node.parts
        if parts.isEmpty { return remainder(start, end) }
        if let only = parts.first(where: { $0.start <= start && end <= $0.end }) {
            return pieces(start, end, in: only)
        }
        let lines = parts.map(\.end).filter { $0 > start && $0 < end }
        for line in lines.reversed() {
            guard let piece = piece(start, line, in: node) else { continue }
            return [piece] + pieces(line, end, in: node)
        }
        return pieces(start, lines[0], in: node) + pieces(lines[0], end, in: node)
    }

    /// One value for the whole stretch, where that is readable.
    private func piece(_ start: Int, _ end: Int, in node: MetricTree) -> Piece? {
        guard let value = NoteValue(length: end - start, maximumDots: isRest ? 1 : 2),
            isReadable(value, from: start, to: end, in: node)
        else { return nil }
        return Piece(start: start, value: value)
    }

    private func isReadable(
        _ value: NoteValue, from start: Int, to end: Int, in node: MetricTree
    ) -> Bool {
        if start == node.start, end == node.end { return true }
        let parts = node.parts
        if let only = parts.first(where: { $0.start <= start && end <= $0.end }) {
            return isReadable(value, from: start, to: end, in: only)
        }
        if parts.isEmpty { return false }
        let edges = Set(parts.flatMap { [$0.start, $0.end] })
        let isWhole = edges.contains(start) && edges.contains(end)
        if isRest {
            // A rest shows the beats; within a beat a longer one may begin it.
            return node.isWithinBeat && start == node.start
                && (parts.count == 2 ? value.dots == 1 : isWhole)
        }
        if value.dots == 2 { return start == node.start && value.length * 8 == node.length * 7 }
        if isWhole { return true }
        if start == node.start || end == node.end || parts.count == 3 && edges.contains(start) {
            return isOnHalves(start, end, parts)
        }
        return value.dots == 0 && isSyncopated(start, end, parts)
    }

    /// Whether both ends lie on parts or on their halves, as a dotted quarter's do in 2/4.
    private func isOnHalves(_ start: Int, _ end: Int, _ parts: [MetricTree]) -> Bool {
        [start, end].allSatisfy { time in
            parts.contains { part in
                time == part.start || time == part.end || time == Self.middle(of: part)
            }
        }
    }

    private static func middle(of part: MetricTree) -> Int? {
        part.parts.count == 2 ? part.parts[0].end : nil
    }

    /// Whether the stretch is as long as a part and begins in the middle of one.
    private func isSyncopated(_ start: Int, _ end: Int, _ parts: [MetricTree]) -> Bool {
        parts.contains { $0.length == end - start && Self.middle(of: $0) == start }
    }

    /// Plain values one after the other, where the tree tells nothing.
    private func remainder(_ start: Int, _ end: Int) -> [Piece] {
        var pieces: [Piece] = []
        var at = start
        while end - at >= FineTime.shortest {
            let piece = Piece(start: at, value: .longest(within: end - at))
            pieces.append(piece)
            at = piece.end
        }
        return pieces
    }
}
