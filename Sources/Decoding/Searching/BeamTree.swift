/// The tokens of all beams of a search: beams share their beginnings, so that a fork costs one node.
struct BeamTree {
    /// A token and the one before it.
    private struct Node {
        let token: Int32
        let previous: Int32
    }

    /// The end of a beam without tokens.
    static let root: Int32 = -1

    private var nodes: [Node] = []

    /// The end of the beam that goes on with `token` after another one's end.
    mutating func append(_ token: Int, after end: Int32) -> Int32 {
        nodes.append(Node(token: Int32(token), previous: end))
        return Int32(nodes.count - 1)
    }

    /// A beam's tokens in their order.
    func tokens(endingAt end: Int32) -> [Int] {
        var tokens: [Int] = []
        var place = end
        while place != Self.root {
            tokens.append(Int(nodes[Int(place)].token))
            place = nodes[Int(place)].previous
        }
        return tokens.reversed()
    }
}
