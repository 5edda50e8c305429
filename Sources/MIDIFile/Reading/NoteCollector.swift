import Score

/// Pairs strikes with releases within one track and gathers the notes into parts. Kept from track
/// to track, so that its tables are made once for a file.
struct NoteCollector {
    private struct OpenNote {
        let onset: Int
        var end: Int
        let key: Int
        let velocity: UInt8
        let part: Int
        /// The next of the sounding notes of this key, by `Overlap.firstReleaseEndsFirst`.
        var next = -1
        var isLeftOut = false
    }

    private struct PartKey {
        let channel: Int
        let program: Int
        var noteCount = 0
    }

    /// The notes of a part of a track.
    struct Found {
        let name: String
        let place: PedalCollector.Place
        let notes: [Note]
    }

    private static let keyCount = 16 * 128

    private let overlap: ReadingPolicy.Overlap
    private var notes: [OpenNote] = []
    /// For each key of each channel, the note that its next release ends; −1 for none.
    private var first = [Int](repeating: -1, count: keyCount)
    private var last = [Int](repeating: -1, count: keyCount)
    /// Releases to come of notes that were ended already.
    private var owed = [Int](repeating: 0, count: keyCount)

    private var parts: [PartKey] = []
    /// Index in `parts` of each channel and program; −1 for none.
    private var partIndex = [Int](repeating: -1, count: 16 * 128)
    private var program = [Int](repeating: 0, count: 16)
    private var firstProgram = [Int?](repeating: nil, count: 16)
    private(set) var overlapCount = 0

    init(overlap: ReadingPolicy.Overlap) { self.overlap = overlap }

    mutating func beginTrack() {
        for channel in 0..<16 { program[channel] = firstProgram[channel] ?? 0 }
    }

    mutating func setProgram(_ number: Int, channel: Int) {
        program[channel] = number
        if firstProgram[channel] == nil { firstProgram[channel] = number }
    }

    func program(ofChannel channel: Int) -> Int { program[channel] }

    mutating func strike(pitch: Int, velocity: UInt8, channel: Int, tick: Int) {
        let key = channel << 7 | pitch
        let former = last[key]
        if former >= 0, overlap == .newStrikeEndsFormer {
            notes[former].end = tick
            owed[key] += 1
            overlapCount += 1
        }
        let index = notes.count
        notes.append(
            OpenNote(
                onset: tick, end: -1, key: key, velocity: velocity,
                part: part(channel: channel, program: program[channel])))
        if former >= 0, overlap == .firstReleaseEndsFirst {
            notes[former].next = index
        } else {
            first[key] = index
        }
        last[key] = index
    }

    /// False when there is no note to release.
    mutating func release(pitch: Int, channel: Int, tick: Int) -> Bool {
        let key = channel << 7 | pitch
        let index = first[key]
        // A release at the tick of a new strike was meant for the former note.
        if owed[key] > 0, index < 0 || notes[index].onset == tick {
            owed[key] -= 1
            return true
        }
        guard index >= 0 else { return false }
        end(index, at: tick)
        return true
    }

    /// Ends what sounds in a channel, as its controllers 120 and 123 ask.
    mutating func releaseAll(channel: Int, tick: Int) {
        for key in channel << 7..<(channel + 1) << 7 {
            while first[key] >= 0 {
                end(first[key], at: tick)
                owed[key] += 1
            }
        }
    }

    /// Ends what still sounds and returns the track's parts, in the order of their first notes,
    /// and how many notes had no release. Of these, the ones that begin where the track ends are
    /// left out, for nothing says how long they are.
    mutating func endTrack(
        _ track: Int, named name: String, tick: Int
    ) -> (parts: [Found], unreleased: Int) {
        var unreleased = 0
        for index in notes.indices {
            if notes[index].end < 0 {
                notes[index].end = tick
                notes[index].isLeftOut = notes[index].onset == tick
                unreleased += 1
            }
            let key = notes[index].key
            first[key] = -1
            last[key] = -1
            owed[key] = 0
        }
        let result = collected(track, named: name)
        for part in parts { partIndex[part.channel << 7 | part.program] = -1 }
        parts.removeAll(keepingCapacity: true)
        notes.removeAll(keepingCapacity: true)
        return (result, unreleased)
    }

    private mutating func end(_ index: Int, at tick: Int) {
        let key = notes[index].key
        notes[index].end = tick
        first[key] = notes[index].next
        if first[key] < 0 { last[key] = -1 }
    }

    private mutating func part(channel: Int, program: Int) -> Int {
        let slot = channel << 7 | program
        if partIndex[slot] < 0 {
            partIndex[slot] = parts.count
            parts.append(PartKey(channel: channel, program: program))
        }
        parts[partIndex[slot]].noteCount += 1
        return partIndex[slot]
    }

    private func collected(_ track: Int, named name: String) -> [Found] {
        var gathered = parts.map { part in
            var notes: [Note] = []
            notes.reserveCapacity(part.noteCount)
            return notes
        }
        for note in notes where !note.isLeftOut {
            guard let pitch = Pitch(note.key & 0x7F), let velocity = Velocity(Int(note.velocity))
            else { continue }
            gathered[note.part].append(
                Note(
                    pitch: pitch, onset: Ticks(note.onset), duration: Ticks(note.end - note.onset),
                    velocity: velocity))
        }
        return zip(parts, gathered).compactMap { part, notes in
            if notes.isEmpty { return nil }
            return Found(
                name: name,
                place: .init(track: track, channel: part.channel, program: part.program),
                notes: notes)
        }
    }
}
