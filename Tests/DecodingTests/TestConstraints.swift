import Decoding

/// Allows the tokens after `last` that differ from it by no multiple of 3; finished by token 1.
struct NoThirds: TokenConstraint {
    var last = 0

    func allows(_ token: Int) -> Bool { (token - last) % 3 != 0 }

    mutating func advance(_ token: Int) { last = token }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        for token in logits.indices where !allows(token) { logits[token] = -.infinity }
    }

    var isFinished: Bool { last == 1 }
}

/// Allows fewer and fewer tokens: none after as many as the vocabulary has.
struct EachTokenOnce: TokenConstraint {
    var used: Set<Int> = []

    mutating func advance(_ token: Int) { used.insert(token) }

    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {
        for token in used { logits[token] = -.infinity }
    }

    var isFinished: Bool { false }
}

/// Finished from the start.
struct NoRoom: TokenConstraint {
    func advance(_ token: Int) {}
    func mask(_ logits: UnsafeMutableBufferPointer<Float>) {}
    var isFinished: Bool { true }
}
