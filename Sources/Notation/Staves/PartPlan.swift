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
            if !keyboard.isEmpty { plans += keyboardPlans(keyboard, score) }
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

    /// The instruments that parts of one keyboard program are: soloists before the two hands of a
    /// piano, as a voice without a program of its own has, and the piano.
    private static func keyboardPlans(_ indices: [Int], _ score: Score) -> [PartPlan] {
        let names = indices.map { instrument(named: score.parts[$0].name) }
        let pair = names.indices.dropLast().first { names[$0] == names[$0 + 1] } ?? 0
        let soloists = indices.prefix(pair).filter { score.parts[$0].isMonophonic }
        let plans = soloists.map { index in
            PartPlan(
                name: name(of: score.parts[index]), program: score.parts[index].program,
                members: [Member(index: index, hand: .right)], hasTwoStaves: false)
        }
        return plans + [pianoPlan(indices.filter { !soloists.contains($0) }, score)]
    }

    private static func pianoPlan(_ indices: [Int], _ score: Score) -> PartPlan {
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

    /// The name without what tells the hand.
    private static func instrument(named name: String) -> [String] {
        words(of: name).filter { !rightWords.contains($0) && !leftWords.contains($0) }
    }

    private static func words(of name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map(String.init)
    }

    private static let rightWords = ["right", "rechts", "droite", "rh", "destra"]
    private static let leftWords = ["left", "links", "gauche", "lh", "sinistra"]

    private static func hand(named name: String) -> Hand {
        let words = words(of: name)
        if words.contains(where: rightWords.contains) { return .right }
        return words.contains(where: leftWords.contains) ? .left : .either
    }

    private static func meanPitch(of part: Part) -> Double {
        Double(part.notes.reduce(0) { $0 + $1.pitch.number }) / Double(part.notes.count)
    }

    private static func name(of part: Part) -> String {
        // What stands in brackets is a remark.
        let name = part.name.prefix { $0 != "(" && $0 != "[" }.trimmed
        return name.isEmpty ? GeneralMIDI.shortName(part.program) : name
    }
}

extension Part {
    /// Whether hardly two notes begin together.
    var isMonophonic: Bool {
        let together = zip(notes, notes.dropFirst()).count { $0.onset == $1.onset }
        return together * 20 <= notes.count
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
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
