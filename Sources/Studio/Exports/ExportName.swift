/// What the file of an exported piece is called, in letters and digits that every system takes.
enum ExportName {
    /// “Waltz in A minor” and its take B become “waltz-in-a-minor-take-b”.
    ///
    /// - Parameter node: the piece's last.
    static func name(of title: String, endingWith node: StudioNode, among kin: Kin) -> String {
        let words = words(of: title)
        let piece = words.isEmpty ? "piece" : words
        guard node.name != title else { return piece }
        let own = self.words(of: node.name)
        return "\(piece)-\(own.isEmpty ? mark(of: node, among: kin) : own)"
    }

    /// A node's place among those of its kind that go on from the same bar, and how many they are.
    struct Kin: Hashable, Sendable {
        /// Counted from 0.
        let place: Int
        let count: Int

        /// As the page has it: A to Z, then A2.
        var letter: String {
            let letters = Array("abcdefghijklmnopqrstuvwxyz")
            let round = place / letters.count
            return "\(letters[place % letters.count])" + (round > 0 ? "\(round + 1)" : "")
        }
    }

    /// Takes are called by their letters, other passages by their bars.
    private static func mark(of node: StudioNode, among kin: Kin) -> String {
        guard node.kind != .take else { return "take-\(kin.letter)" }
        let bars = "bars-\(node.fromBar)-\(node.fromBar + max(1, node.bars) - 1)"
        return kin.count > 1 ? "\(bars)-\(kin.letter)" : bars
    }

    private static func words(of text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return String(words.joined(separator: "-").prefix(60))
    }
}
