/// What tables and folders around the music call the pieces, without a library.
package struct PieceNames {
    private var surroundings = Surroundings()

    package init() {}

    /// Who made the piece of a file (its performer, where no composer is told) and its title; nil where
    /// nothing tells.
    ///
    /// - Parameter path: also a relative one.
    package mutating func name(ofFile path: String) -> (composer: String?, title: String?) {
        guard let whole = MusicFolder.wholePath(path) else { return (nil, nil) }
        let facts = surroundings.facts(ofFile: whole)
        return (facts.composer ?? facts.composerOfNames ?? facts.performer, facts.title)
    }
}
