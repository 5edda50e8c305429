import Encodings
import Testing

@Suite struct TonalityTests {
    private static let melodies: [(name: String, pitches: [Int], tonic: Int, isMinor: Bool)] = [
        ("C major", [60, 64, 67, 72, 67, 65, 64, 62, 60, 59, 60], 0, false),
        ("A minor", [57, 60, 64, 69, 64, 62, 60, 59, 57, 56, 57], 9, true),
    ]

    /// What a context tells of the key.
    private struct Told: Hashable {
        /// The tonic's MIDI note number, of major and of minor.
        var tonics: [Int?]
        /// By instrument.
        var degrees: [Int?]
        /// Of each pitch class, by memory.
        var frequencies: [[Int?]]
    }

    private func told(after words: [String], in encoding: any MusicEncoding) throws -> Told {
        var context = try #require(encoding.context())
        for token in try encoding.tokens(fromText: words.joined(separator: " ")) {
            context.advance(token)
        }
        let ids = context.ids.map { Int($0) }
        let references = try #require(context.references)
        let layout = try #require(context.frequencies)
        #expect(layout.firstToken == references.firstToken && layout.notes == references.notes)
        #expect(layout.instruments == references.instruments && layout.lowest == lowest % 12)
        func value(_ first: Int, of count: Int) -> Int? {
            let found = ids.filter { (first..<first + count).contains($0) }
            #expect(found.count <= 1)
            return found.first.map { $0 - first }
        }
        let notes = references.notes
        let degrees = layout.firstID - references.instruments * 25
        return Told(
            tonics: (0..<2).map {
                value(references.firstID + $0 * (notes + 1) + 1, of: notes).map { lowest + $0 }
            },
            degrees: (0..<references.instruments).map { value(degrees + 25 * $0 + 1, of: 24) },
            frequencies: (0..<layout.memories).map { memory in
                (0..<12).map { pitchClass in
                    value(
                        layout.firstID + (12 * memory + pitchClass) * layout.frequencies,
                        of: layout.frequencies)
                }
            })
    }

    private let notewise: any MusicEncoding = NotewiseEncoding()

    /// Of the 62 keys.
    private let lowest = 33

    private func words(_ pitches: [Int], _ prefix: String = "p") -> [String] {
        pitches.flatMap { ["\(prefix)\($0 - lowest)", "wait6", "end\(prefix)\($0 - lowest)"] }
    }

    @Test func nothingIsKnownAtFirst() throws {
        let nothing = Told(
            tonics: [nil, nil], degrees: [nil],
            frequencies: Array(repeating: Array(repeating: nil, count: 12), count: 2))
        #expect(try told(after: [], in: notewise) == nothing)
        let few = try told(after: words([60, 64]), in: notewise)
        #expect(few.tonics == [nil, nil] && few.degrees == [nil])
        #expect(few.frequencies.allSatisfy { $0[0] != nil && $0[4] != nil })
    }

    @Test(arguments: 0..<2, -5...6)
    func theKeyIsTold(melody: Int, shift: Int) throws {
        let (_, pitches, tonic, isMinor) = Self.melodies[melody]
        let found = try told(after: words(pitches.map { $0 + shift }), in: notewise)
        let note = try #require(found.tonics[isMinor ? 1 : 0])
        #expect(found.tonics[isMinor ? 0 : 1] == nil)
        #expect(note % 12 == (tonic + shift + 12) % 12)
        // The middle of its 62 keys is 64.
        #expect((58..<70).contains(note))
        #expect(found.degrees == [isMinor ? 12 : 0])
    }

    /// As for the law that transposing a text by a semitone moves all that it says of pitch classes by one.
    @Test(arguments: 0..<2)
    func frequenciesAreOfPitchClasses(melody: Int) throws {
        let pitches = Self.melodies[melody].pitches
        let here = try told(after: words(pitches), in: notewise).frequencies
        let higher = try told(after: words(pitches.map { $0 + 1 }), in: notewise).frequencies
        let octaves = try told(after: words(pitches.map { $0 - 12 }), in: notewise).frequencies
        for (here, higher) in zip(here, higher) {
            #expect(Set(pitches.map { $0 % 12 }) == Set((0..<12).filter { here[$0] != nil }))
            #expect((0..<12).allSatisfy { here[$0] == higher[($0 + 1) % 12] })
        }
        #expect(here == octaves)
    }

    @Test func whatIsStruckMoreIsMoreFrequentAndWhatIsPastIsForgotten() throws {
        let once = words(Self.melodies[0].pitches + [66])
        func frequencies(after others: Int) throws -> [Int?] {
            let more = words((0..<others).map { [60, 62, 64, 67][$0 % 4] })
            return try told(after: once + more, in: notewise).frequencies.map { $0[6] }
        }
        let known = try [0, 20, 40, 80, 200, 400].map(frequencies)
        for memory in 0..<2 {
            let classes = known.map { $0[memory] ?? -1 }
            #expect(classes == classes.sorted(by: >) && classes[0] > 0 && classes[5] == -1)
        }
        #expect(known[4][0] == nil && known[3][1] != nil, "the second memory is the longer one")
        let latest = try told(after: once, in: notewise).frequencies
        #expect(latest.allSatisfy { ($0[0] ?? -1) > ($0[6] ?? -1) })
    }

    /// The key is that of all instruments, degrees are of each.
    @Test func aDuetHasOneKeyAndTwoVoices() throws {
        let duet: any MusicEncoding = NotewiseEncoding(ensemble: .duet)
        let piano = words(Self.melodies[0].pitches)
        let found = try told(after: piano + words([67], "v"), in: duet)
        #expect(found.tonics == [60, nil])
        #expect(found.degrees == [7, 0])
        #expect(try told(after: piano, in: duet).degrees == [nil, 0])
    }

    /// What is told is of the notes, whichever text has them.
    @Test(arguments: 0..<2)
    func barwiseTextTellsTheSame(melody: Int) throws {
        let barwise: any MusicEncoding = BarwiseEncoding(
            NoteGrid(range: .keys62, resolution: .twelve))
        let pitches = Self.melodies[melody].pitches
        for count in 0...pitches.count {
            let notes = pitches.prefix(count).enumerated().map { index, pitch in
                "\(index % 8 == 0 ? "bar meter-4/4 " : "")pos\(index % 8 * 6) p\(pitch - lowest) len6"
            }
            let text = ["bar meter-4/4 pos0 vel16"] + notes
            let found = try told(after: text, in: barwise)
            #expect(try found == told(after: words(Array(pitches.prefix(count))), in: notewise))
        }
    }

    /// A key that is about as likely as the one that holds does not take its place; one that is likelier does.
    @Test func theKeyChangesLate() throws {
        let home = Self.melodies[0].pitches
        let away = home.map { $0 + 7 }
        func tonic(after pitches: [Int]) throws -> Int? {
            try told(after: words(pitches), in: notewise).tonics[0].map { $0 % 12 }
        }
        #expect(try tonic(after: home + away + away.prefix(3)) == 0)
        #expect(try tonic(after: home + away + away) == 7)
    }

    @Test func aForeignNoteDoesNotChangeTheKey() throws {
        let melody = Self.melodies[0].pitches
        for foreign in [61, 63, 66, 68, 70] {
            let found = try told(after: words(melody + melody + [foreign]), in: notewise)
            #expect(found.tonics == [60, nil])
            #expect(found.degrees == [foreign - 60])
        }
    }
}
