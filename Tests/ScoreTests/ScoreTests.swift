import Score
import Testing

struct ScoreTests {
    static func note(_ pitch: Int, _ onset: Int, _ duration: Int) throws -> Note {
        Note(
            pitch: try #require(Pitch(pitch)), onset: Ticks(onset), duration: Ticks(duration))
    }

    @Test func notesAreInOrderOfOnsetPitchAndDuration() throws {
        let order = try [
            Self.note(60, 0, 0), Self.note(60, 0, 5), Self.note(62, 0, 1), Self.note(10, 1, 1),
        ]
        #expect(Part(notes: order.reversed()).notes == order)
        #expect(Part(notes: order).notes == order)
    }

    @Test func aScoreEndsWithItsLongestNote() throws {
        let score = Score(parts: [
            Part(notes: [try Self.note(60, 0, 3000), try Self.note(62, 480, 480)]),
            Part(notes: [try Self.note(40, 960, 1)]),
        ])
        #expect(score.end == Ticks(3000))
        #expect(score.seconds == 3.125)
        #expect(score.barCount == 2)
        #expect(score.noteCount == 3)
    }

    @Test func aScoreWithoutNotesHasNoLength() {
        let score = Score(parts: [Part(notes: [])])
        #expect(score.end == .zero)
        #expect(score.barCount == 0)
    }

    @Test(arguments: [(60, 7, 67), (127, 1, nil), (0, -1, nil), (0, 127, 127), (1, .max, nil)])
    func transpositionStaysOnTheKeyboard(pitch: Int, semitones: Int, result: Int?) throws {
        let pitch = try #require(Pitch(pitch))
        #expect(pitch.transposed(by: semitones)?.number == result)
    }
}
