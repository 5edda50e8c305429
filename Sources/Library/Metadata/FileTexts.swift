import Foundation
import Score

/// What the texts within a file tell of its piece.
struct FileTexts {
    let facts: PieceFacts

    /// - Parameter name: that of the leading track, where it is no part's.
    init(of score: Score, name: String?, path: String) {
        let names = score.parts.map(\.name).filter { !$0.isEmpty }
        let texts = score.texts.map(\.trimmed)
        let notice = texts.first(where: LicenceText.isCopyrightNotice)
        let others = texts.filter { !LicenceText.isCopyrightNotice($0) }
        facts = PieceFacts(
            composer: (others + [name].compactMap(\.self) + names).lazy
                .compactMap(ComposerName.found).first,
            title: name.flatMap(Self.title(ofLeadingTrack:)) ?? Self.title(ofParts: names)
                ?? Self.title(of: path),
            source: texts.lazy.compactMap { $0.firstMatch(of: Self.address) }.first
                .map { String($0.output) },
            licence: texts.lazy.compactMap(LicenceText.name).first
                ?? notice.map { $0.replacing(Self.address, with: "").trimmed })
    }

    private static var address: Regex<Substring> { #/https?:\/\/\S+/# }

    /// The only part's name is the piece's, unless it is an instrument's.
    private static func title(ofParts names: [String]) -> String? {
        guard names.count == 1, let name = names.first else { return nil }
        let words = SearchText.words(of: name)
        let plain: Set = ["piano", "track", "midi", "untitled", "instrument", "channel", "solo"]
        return words.contains(where: plain.contains) || words.isEmpty ? nil : name
    }

    /// The leading track's name is the piece's, unless it says what the track is for.
    private static func title(ofLeadingTrack name: String) -> String? {
        let words = SearchText.words(of: name)
        let plain: Set = [
            "conductor", "control", "master", "meta", "midi", "sequence", "tempo", "track",
            "untitled",
        ]
        return words.contains { !plain.contains($0) && Int($0) == nil } ? name : nil
    }

    private static func title(of path: String) -> String {
        let name = (path as NSString).lastPathComponent as NSString
        return name.deletingPathExtension.replacing("_", with: " ")
    }
}
