import Score
import Testing

struct NoteOrderTests {
    struct Places: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let places: [(onset: Int, pitch: Int)]

        init(_ name: String, first: Int? = nil, _ place: (Int) -> (onset: Int, pitch: Int)) {
            testDescription = name
            places = (first.map { [(onset: $0, pitch: 60)] } ?? []) + (0..<500).map(place)
        }
    }

    static let places = [
        Places("in order") { ($0, 60) },
        Places("chords upside down") { ($0 / 4, 80 - $0 % 4) },
        Places("backwards") { (500 - $0, 60) },
        Places("one large chord") { (0, ($0 * 37) % 128) },
        Places("a late first note", first: 900) { ($0, 60) },
    ]

    @Test(arguments: places)
    func partsHaveTheirNotesInOrder(_ places: Places) throws {
        let notes = try places.places.map { place in
            Note(
                pitch: try #require(Pitch(place.pitch)), onset: Ticks(place.onset),
                duration: Ticks(place.pitch % 3))
        }
        let expected = notes.sorted {
            ($0.onset, $0.pitch, $0.duration) < ($1.onset, $1.pitch, $1.duration)
        }
        #expect(Part(notes: notes).notes == expected)
    }

    @Test func aNoteIsSmall() {
        #expect(MemoryLayout<Note>.stride == 24)
    }
}
