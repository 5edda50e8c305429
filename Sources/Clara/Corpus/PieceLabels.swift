/// What a library tells of a piece that styles are made of.
package struct PieceLabels: Hashable, Sendable {
    /// The composer's surname in one plain word.
    package var composer: String?
    /// Such as “bebop”.
    package var styles: [String] = []
}
