import Foundation
import Score

/// What the texts within a file tell of its piece.
struct FileTexts {
    let facts: PieceFacts

    init(of score: Score, path: String) {
        let names = score.parts.map(\.name).filter { !$0.isEmpty }
        let texts = score.texts.map(\.trimmed)
        let notice = texts.first(where: LicenceText.isCopyrightNotice)
        let others = texts.filter { !LicenceText.isCopyrightNotice($0) }
        facts = PieceFacts(
            composer: (others + names).lazy.compactMap(ComposerName.found).first,
            title: Self.title(names) ?? Self.title(path),
            source: texts.lazy.compactMap { $0.firstMatch(of: Self.address) }.first
                .map { String($0.output) },
            licence: texts.lazy.compactMap(LicenceText.name).first
                ?? notice.map { $0.replacing(Self.address, with: "").trimmed })
    }

    private static var address: Regex<Substring> { #/https?:\/\/\S+/# }

    /// The only part's name is the piece's, unless it is an instrument's.
    private static func title(_ names: [String]) -> String? {
        guard names.count == 1, let name = names.first else { return nil }
        let words = SearchText.words(of: name)
        let plain: Set = ["piano", "track", "midi", "untitled", "instrument", "channel", "solo"]
        return words.contains(where: plain.contains) || words.isEmpty ? nil : name
    }

    private static func title(_ path: String) -> String {
        let name = (path as NSString).lastPathComponent as NSString
        return name.deletingPathExtension.replacing("_", with: " ")
    }
}
