/// What folders, tables and texts tell of a piece; nil or empty where they are silent.
struct PieceFacts: Hashable, Sendable {
    /// “Surname, Given names”.
    var composer: String?
    /// As the names of folders and of the file have it, where nothing else tells.
    var composerOfNames: String?
    var performer: String?
    var title: String?
    var styles: [String] = []
    var year: Int?
    var source: String?
    var licence: String?

    /// These facts, and where they are silent those of `others`; the styles of both.
    func completed(by others: PieceFacts) -> PieceFacts {
        PieceFacts(
            composer: composer ?? others.composer,
            composerOfNames: composerOfNames ?? others.composerOfNames,
            performer: performer ?? others.performer, title: title ?? others.title,
            styles: others.styles.filter { !styles.contains($0) } + styles,
            year: year ?? others.year, source: source ?? others.source,
            licence: licence ?? others.licence)
    }
}
