import Clara

/// Files of a collection that gave no piece, for people.
struct SkippedFiles {
    private let files: [Corpus.Skipped.Entry]

    init(_ files: [Corpus.Skipped.Entry]) { self.files = files }

    /// How many there are, and the first of them with the reason; none where none was skipped.
    func lines(atMost count: Int = 10) -> [String] {
        guard !files.isEmpty else { return [] }
        var lines = ["\(files.count.of("file")) skipped:"]
        lines += files.prefix(count).map { "  \($0.path): \($0.reason)" }
        if files.count > count { lines.append("  and \((files.count - count).grouped) more") }
        return lines
    }
}

extension Corpus.Skipped {
    /// As the JSON results list it.
    struct Entry: Encodable {
        let path: String
        let reason: String
    }

    var entry: Entry { Entry(path: path, reason: reason) }
}
