import Tensors

/// A member's part in what a team does together, or all of it where there is no team.
struct Share {
    static let all = Share(member: 0, team: nil)

    let member: Int
    let team: ThreadTeam?

    private var members: Int { team?.threads ?? 1 }

    /// The member's own of `count` things, all members' about as many.
    func part(of count: Int) -> Range<Int> {
        count * member / members..<count * (member + 1) / members
    }

    /// Waits until all members have come here.
    func barrier() { team?.barrier() }
}
