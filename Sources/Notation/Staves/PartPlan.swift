import Score

/// An instrument of the score as it is written: one staff, or the two of a piano.
struct PartPlan: Hashable, Sendable {
    enum Hand: Hashable, Sendable { case right, left, either }

    /// A part of the file, and which staff it belongs to.
    struct Member: Hashable, Sendable {
        let index: Int
        let hand: Hand
    }

    let name: String
    let program: Int
    /// In order of the file.
    let members: [Member]
    let hasTwoStaves: Bool

    /// The instruments of a score. Consecutive parts of one keyboard program are one instrument's;
    /// of two, one is the right hand's, the higher one where their names do not tell. Drums and parts
    /// without notes are left out.
    static func plans(of score: Score) -> [PartPlan] {
        var plans: [PartPlan] = []
        var keyboard: [Int] = []
        func close() {
            if !keyboard.isEmpty { plans.append(keyboardPlan(keyboard, score)) }
            keyboard = []
        }
        for (index, part) in score.parts.enumerated() where !part.isDrums && !part.notes.isEmpty {
            guard isKeyboard(part.program) else {
                close()
                plans.append(
                    PartPlan(
                        name: name(of: part), program: part.program,
                        members: [Member(index: index, hand: .right)], hasTwoStaves: false))
                continue
            }
            if let last = keyboard.last, score.parts[last].program != part.program { close() }
            keyboard.append(index)
        }
        close()
        return plans
    }

    /// Pianos, harpsichords and the celesta, organs with the accordion, and the harp.
    private static func isKeyboard(_ program: Int) -> Bool {
        (0...8).contains(program) || (16...21).contains(program) || program == 46
    }

    private static func keyboardPlan(_ indices: [Int], _ score: Score) -> PartPlan {
        let parts = indices.map { score.parts[$0] }
        var hands = parts.map { hand(named: $0.name) }
        if parts.count == 2, Set(hands).count < 2 {
            let isFirstHigher = meanPitch(of: parts[0]) >= meanPitch(of: parts[1])
            hands = isFirstHigher ? [.right, .left] : [.left, .right]
        }
        let program = parts[0].program
        return PartPlan(
            name: indices.count == 1 ? name(of: parts[0]) : GeneralMIDI.shortName(program),
            program: program,
            members: zip(indices, hands).map { Member(index: $0, hand: $1) }, hasTwoStaves: true)
    }

    private static func hand(named name: String) -> Hand {
        let words = name.lowercased().split { !$0.isLetter }.map(String.init)
        if words.contains(where: { ["right", "rechts", "droite", "rh", "destra"].contains($0) }) {
            return .right
        }
        if words.contains(where: { ["left", "links", "gauche", "lh", "sinistra"].contains($0) }) {
            return .left
        }
        return .either
    }

    private static func meanPitch(of part: Part) -> Double {
        Double(part.notes.reduce(0) { $0 + $1.pitch.number }) / Double(part.notes.count)
    }

    private static func name(of part: Part) -> String {
        part.name.isEmpty ? GeneralMIDI.shortName(part.program) : part.name
    }
}

extension GeneralMIDI {
    /// The instrument as a score names it: a grand piano is a piano, choir voices are a voice.
    static func shortName(_ program: Int) -> String {
        switch program {
        case 0...1: "Piano"
        case 52...54: "Voice"
        default: instrument(program)
        }
    }
}
