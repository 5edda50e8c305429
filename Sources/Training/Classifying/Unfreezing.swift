/// Which parameter groups of a pretrained classifier are trained when (gradual unfreezing; Howard &
/// Ruder 2018). A frozen group's weights stay as they are, to the bit.
package enum Unfreezing: Hashable, Sendable, Codable {
    /// All groups from the beginning.
    case none
    /// The head alone at first, then a group more after every so many epochs, downwards. ULMFiT: 1.
    case gradual(epochsEach: Int)
    /// The head alone, to the end.
    case headOnly

    /// The lowest group that is trained in an epoch, of `groups` from the embedding to the head.
    package func firstGroup(inEpoch epoch: Int, of groups: Int) -> Int {
        switch self {
        case .none: 0
        case .gradual(let epochsEach): max(0, groups - 1 - epoch / epochsEach)
        case .headOnly: groups - 1
        }
    }
}
