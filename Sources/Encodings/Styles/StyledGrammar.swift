/// The grammar of an encoding's texts, where no style ever follows.
struct StyledGrammar: MusicGrammar {
    private var base: any MusicGrammar
    /// How many ids are the encoding's own; styles follow.
    private let own: Int

    init(_ base: any MusicGrammar, own: Int) {
        self.base = base
        self.own = own
    }

    var step: Int { base.step }
    var isFinished: Bool { base.isFinished }
    var given: Int { base.given }

    mutating func advance(_ token: Int) {
        if token < own { base.advance(token) }
    }

    func allows(_ token: Int) -> Bool { token < own && base.allows(token) }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        base.fillMask(UnsafeMutableBufferPointer(rebasing: allowed[..<own]))
        allowed[own...].update(repeating: false)
    }

    func moveRuledOut(
        in logits: UnsafeMutableBufferPointer<Float>, allowed: UnsafeMutableBufferPointer<Bool>
    ) {
        base.moveRuledOut(
            in: UnsafeMutableBufferPointer(rebasing: logits[..<own]),
            allowed: UnsafeMutableBufferPointer(rebasing: allowed[..<own]))
    }
}
