import Score

/// Pairs strikes with releases within one track and gathers the notes into parts.
struct NoteCollector {
    private struct Channel {
        /// Index in `parts` of the part that plays now; −1 before its first note.
        var part: Int32 = -1
        var program: UInt8 = 0
        var firstProgram: UInt8?
    }

    private struct PartKey {
        let channel: UInt8
        let program: UInt8
    }

    private let table: NoteTable
    private let overlap: ReadingPolicy.Overlap
    private var count = 0
    private var channels = [Channel](repeating: Channel(), count: 16)
    private var parts: [PartKey] = []
    /// Index in `parts` of each channel and program, where a track has several; −1 for none.
    private var partIndex: [Int32] = []
    /// By `Overlap.firstReleaseEndsFirst`: for each note the number of the next that sounds on its key,
    /// and for each key the number of the last; 0 for none.
    private var next: [UInt32] = []
    private var last: [UInt32]
    private(set) var overlapCount = 0

    init(_ table: NoteTable, overlap: ReadingPolicy.Overlap) {
        self.table = table
        self.overlap = overlap
        let links = overlap == .firstReleaseEndsFirst
        last = links ? [UInt32](repeating: 0, count: NoteTable.keyCount) : []
    }

    mutating func beginTrack() {
        for channel in 0..<16 {
            channels[channel].part = -1
            channels[channel].program = channels[channel].firstProgram ?? 0
        }
    }

    mutating func setProgram(_ number: UInt8, channel: Int) {
        channels[channel].part = -1
        channels[channel].program = number
        if channels[channel].firstProgram == nil { channels[channel].firstProgram = number }
    }

    func program(ofChannel channel: Int) -> UInt8 { channels[channel].program }

    @inline(__always)
    mutating func strike(pitch: UInt8, velocity: UInt8, channel: Int, tick: Int) {
        precondition(count < table.notes.count, "a note takes three bytes")
        if channels[channel].part < 0 { choosePart(channel: channel) }
        table.notes[count] = NoteTable.StruckNote(
            onset: UInt32(truncatingIfNeeded: tick), end: NoteTable.StruckNote.sounding,
            part: UInt16(truncatingIfNeeded: channels[channel].part), pitch: pitch,
            velocity: velocity)
        count += 1
        let key = channel << 7 | Int(pitch)
        if table.keys[key].sounding != 0 {
            overlap(key, at: tick)
        } else {
            table.keys[key].sounding = UInt32(truncatingIfNeeded: count)
        }
    }

    /// The note just struck meets one of the same key that sounds.
    @inline(never)
    private mutating func overlap(_ key: Int, at tick: Int) {
        let number = UInt32(count)
        guard overlap == .firstReleaseEndsFirst else {
            table.notes[Int(table.keys[key].sounding) - 1].end = UInt32(tick)
            table.keys[key] = .init(sounding: number, owed: table.keys[key].owed + 1)
            overlapCount += 1
            return
        }
        let former = last[key] == 0 ? table.keys[key].sounding : last[key]
        next += repeatElement(0, count: count - next.count)
        next[Int(former) - 1] = number
        last[key] = number
    }

    /// False when there is no note to release.
    @inline(__always)
    mutating func release(pitch: UInt8, channel: Int, tick: Int) -> Bool {
        let key = channel << 7 | Int(pitch)
        let state = table.keys[key]
        // A release at the tick of a new strike was meant for the former note.
        if state.owed > 0,
            state.sounding == 0 || Int(table.notes[Int(state.sounding) - 1].onset) == tick
        {
            table.keys[key].owed -= 1
            return true
        }
        guard state.sounding > 0 else { return false }
        end(key, at: tick)
        return true
    }

    /// Ends the first note that sounds on a key.
    @inline(__always)
    private mutating func end(_ key: Int, at tick: Int) {
        let index = Int(table.keys[key].sounding) - 1
        table.notes[index].end = UInt32(truncatingIfNeeded: tick)
        var following: UInt32 = 0
        if index < next.count {
            following = next[index]
            if following == 0 { last[key] = 0 }
        }
        table.keys[key].sounding = following
    }

    /// Ends what sounds in a channel, as its controllers 120 and 123 ask.
    mutating func releaseAll(channel: Int, tick: Int) {
        for key in channel << 7..<(channel + 1) << 7 {
            while table.keys[key].sounding > 0 {
                end(key, at: tick)
                table.keys[key].owed += 1
            }
        }
    }

    /// Chooses the part of the channel's program, and makes it where there is none.
    @inline(never)
    private mutating func choosePart(channel: Int) {
        let program = channels[channel].program
        if partIndex.isEmpty { partIndex = [Int32](repeating: -1, count: NoteTable.keyCount) }
        let slot = channel << 7 | Int(program)
        if partIndex[slot] < 0 {
            partIndex[slot] = Int32(parts.count)
            parts.append(PartKey(channel: UInt8(channel), program: program))
        }
        channels[channel].part = partIndex[slot]
    }

    /// Ends what still sounds at the end of the track and returns how many notes had no release. Of
    /// these, the ones that begin there are left out, for nothing says how long they are.
    mutating func endNotes(at tick: Int) -> Int {
        var unreleased = 0
        for index in 0..<count where table.notes[index].end == NoteTable.StruckNote.sounding {
            table.notes[index].end = UInt32(tick)
            if Int(table.notes[index].onset) == tick { table.notes[index].velocity = 0 }
            unreleased += 1
        }
        return unreleased
    }

    /// Gives away the track's parts that have notes, in the order of their first ones, and makes ready
    /// for the next track.
    mutating func takeParts(
        _ body: (_ channel: Int, _ program: Int, _ notes: consuming [Note]) -> Void
    ) {
        guard count > 0 else { return }
        var gathered = gathered()
        for (index, part) in parts.enumerated() {
            // Taken out, so that the part can sort them where they are.
            var notes: [Note] = []
            swap(&notes, &gathered[index])
            if !notes.isEmpty { body(Int(part.channel), Int(part.program), consume notes) }
            partIndex[Int(part.channel) << 7 | Int(part.program)] = -1
        }
        parts.removeAll(keepingCapacity: true)
        count = 0
        table.keys.update(repeating: .init())
        next.removeAll(keepingCapacity: true)
        for key in last.indices { last[key] = 0 }
    }

    /// The notes of each part.
    private func gathered() -> [[Note]] {
        if parts.count == 1 { return [gatheredOfOnlyPart()] }
        var counts = [Int](repeating: 0, count: parts.count)
        for note in table.notes[..<count] where note.velocity > 0 { counts[Int(note.part)] += 1 }
        var gathered = counts.map { count in
            var notes: [Note] = []
            notes.reserveCapacity(count)
            return notes
        }
        for note in table.notes[..<count] where note.velocity > 0 {
            gathered[Int(note.part)].append(Note(note))
        }
        return gathered
    }

    private func gatheredOfOnlyPart() -> [Note] {
        [Note](unsafeUninitializedCapacity: count) { notes, initialized in
            for note in table.notes[..<count] where note.velocity > 0 {
                notes.initializeElement(at: initialized, to: Note(note))
                initialized += 1
            }
        }
    }
}

extension Note {
    @inline(__always)
    fileprivate init(_ note: NoteTable.StruckNote) {
        self.init(
            key: note.pitch, from: note.onset, to: note.end, velocity: note.velocity)
    }
}
