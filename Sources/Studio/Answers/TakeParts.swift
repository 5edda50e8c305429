import Clara
import Encodings
import Score

/// To which of the session's parts the music of takes belongs.
struct TakeParts: Hashable, Sendable {
    /// The session's parts that the prompt's are, in order: those that have notes and are no drums.
    private let given: [Int]
    private let parts: [StudioPart]

    /// - Parameter prompt: with all of the session's parts.
    init(_ parts: [StudioPart], prompt: Score) {
        self.parts = parts
        given = prompt.parts.indices.filter {
            !prompt.parts[$0].isDrums && !prompt.parts[$0].notes.isEmpty
        }
    }

    func place(of part: WrittenNote.Part) -> Int? {
        switch part {
        case .given(let index): given.indices.contains(index) ? given[index] : nil
        case .new(let program): place(ofNewProgram: program)
        }
    }

    /// For each part of a take's score.
    func places(in score: Score) -> [Int?] {
        score.parts.indices.map { index in
            index < given.count
                ? given[index] : place(ofNewProgram: score.parts[index].program)
        }
    }

    /// A part that the prompt leaves silent: of this program, else of its kind.
    private func place(ofNewProgram program: Int) -> Int? {
        let silent = parts.indices.filter { !given.contains($0) && !parts[$0].drums }
        return silent.first { parts[$0].program == program }
            ?? silent.first {
                InstrumentClass(program: parts[$0].program) == InstrumentClass(program: program)
            }
    }

    /// The instruments of a voice that no part of the session is for.
    static func missing(_ instruments: [StudioPart], in parts: [StudioPart]) -> [StudioPart] {
        instruments.filter { instrument in
            !parts.contains {
                !$0.drums
                    && InstrumentClass(program: $0.program)
                        == InstrumentClass(program: instrument.program)
            }
        }
    }
}
