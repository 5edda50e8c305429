import Tensors

/// A member's part in what a team does together, or all of it where there is no team.
struct Share {
    static let all = Share(member: 0, team: nil)

    let member: Int
    let team: ThreadTeam?

    /// Below this many products in a step one thread is done before a second one has begun.
    private static let productsWorthSharing = 500_000

    /// A team where sharing a step pays: each stream is multiplied with all matrices among `shapes`.
    static func team(
        of threads: Int, forStepsOver shapes: [(name: String, shape: [Int])]
    ) -> ThreadTeam? {
        let matrices = shapes.map(\.shape).filter { $0.count == 2 }
        let products = matrices.reduce(0) { $0 + $1.reduce(1, *) }
        return threads > 1 && products >= productsWorthSharing
            ? ThreadTeam(threads: threads) : nil
    }

    private var members: Int { team?.threads ?? 1 }

    /// The member's own of `count` things, all members' about as many.
    func part(of count: Int) -> Range<Int> {
        count * member / members..<count * (member + 1) / members
    }

    /// Waits until all members have come here.
    func barrier() { team?.barrier() }
}
