/// Deals the chords of a staff to voices, so that none sounds over another in its voice.
///
/// A beam search over the onsets: what costs is more voices than needed, voices that cross, that leap,
/// that leave the first one silent, or that mix triplets with other divisions in a beat.
struct VoiceAssignment {
    /// The voices of a staff, from the top: first and third with stems up, fourth and second down.
    static let limit = 4
    private static let rank = [0, 3, 1, 2]
    private static let use = [0.0, 1, 4, 5]
    private static let width = 12

    private struct State {
        var cost = 0.0
        var voices = [Voice](repeating: Voice(), count: VoiceAssignment.limit)
        /// The last entry of this state's history.
        var entry = -1
    }

    private struct Voice: Hashable {
        var end = 0
        var chord = -1
        var centre = 66.0
        /// The beat that it was last in, and how it was divided there.
        var beat = -1
        var division = 1
    }

    private struct Entry {
        let former: Int
        let chord: Int
        let voice: Int
        /// A chord that had to end here, or −1.
        let cut: Int
    }

    private let chords: [Chord]
    private var history: [Entry] = []

    /// The voice of each chord, 0…3, and the chords, some of them shortened where more sounded at
    /// once than there are voices.
    ///
    /// - Parameter chords: in order of onset, at most four at once.
    static func voices(of chords: [Chord]) -> (voices: [Int], chords: [Chord]) {
        var search = VoiceAssignment(chords: chords)
        return search.run()
    }

    private init(chords: [Chord]) { self.chords = chords }

    private mutating func run() -> (voices: [Int], chords: [Chord]) {
        var states = [State()]
        var index = 0
        while index < chords.count {
            var end = index
            while end < chords.count, chords[end].start == chords[index].start { end += 1 }
            let order = (index..<end).sorted { chords[$0].centre > chords[$1].centre }
            for chord in order { states = extended(states, by: chord, among: order) }
            for state in states.indices { states[state].cost += silence(states[state], order) }
            states = Array(states.sorted { $0.cost < $1.cost }.prefix(Self.width))
            index = end
        }
        return result(of: states.min { $0.cost < $1.cost } ?? State())
    }

    private func result(of state: State) -> (voices: [Int], chords: [Chord]) {
        var voices = [Int](repeating: 0, count: chords.count)
        var chords = chords
        var entry = state.entry
        while entry >= 0 {
            let step = history[entry]
            voices[step.chord] = step.voice
            if step.cut >= 0 { chords[step.cut].end = chords[step.chord].start }
            entry = step.former
        }
        return (voices, chords)
    }

    /// The best states in which `chord` has a voice too.
    private mutating func extended(
        _ states: [State], by chord: Int, among order: [Int]
    ) -> [State] {
        var next: [(state: State, former: Int, voice: Int, cut: Int)] = []
        for state in states {
            for voice in 0..<Self.limit {
                let former = state.voices[voice]
                let isBusy = former.end > chords[chord].start
                if order.contains(former.chord) { continue }
                var changed = state
                changed.cost += cost(of: chord, in: voice, state)
                if isBusy {
                    changed.cost += 30
                }
                changed.voices[voice] = placed(chord, after: former)
                next.append((changed, state.entry, voice, isBusy ? former.chord : -1))
            }
        }
        next.sort { $0.state.cost < $1.state.cost }
        return next.prefix(Self.width).map { candidate in
            var state = candidate.state
            history.append(
                Entry(
                    former: candidate.former, chord: chord, voice: candidate.voice,
                    cut: candidate.cut))
            state.entry = history.count - 1
            return state
        }
    }

    private func placed(_ index: Int, after former: Voice) -> Voice {
        let chord = chords[index]
        var division = Self.division(of: chord.start)
        let beat = chord.start / FineTime.quarter
        if division == 1, former.beat == beat { division = former.division }
        return Voice(
            end: chord.end, chord: index, centre: chord.centre, beat: beat, division: division)
    }

    private func cost(of index: Int, in voice: Int, _ state: State) -> Double {
        let chord = chords[index]
        let former = state.voices[voice]
        var cost = Self.use[voice] + abs(chord.centre - former.centre) / 24
        if former.chord >= 0, former.end == chord.start { cost -= 0.5 }
        for (other, voiceState) in state.voices.enumerated()
        where other != voice && voiceState.end > chord.start {
            let isAbove = chord.centre > voiceState.centre
            if isAbove != (Self.rank[voice] < Self.rank[other]) { cost += 3 }
        }
        let division = Self.division(of: chord.start)
        if former.beat == chord.start / FineTime.quarter, former.division != division,
            chord.start % FineTime.quarter != 0, former.division * division > 1
        {
            cost += 4
        }
        return cost
    }

    /// What it costs that the first voice is silent where another begins.
    private func silence(_ state: State, _ order: [Int]) -> Double {
        state.voices[0].end <= chords[order[0]].start ? 3 : 0
    }

    /// The odd number that divides the quarter so that `time` lies on a part: 3 for triplets.
    private static func division(of time: Int) -> Int {
        let offset = time % FineTime.quarter
        guard offset > 0 else { return 1 }
        return [3, 5, 7, 9, 11, 13, 15].first { odd in
            offset % (FineTime.quarter / odd / 32) == 0
                && offset % (FineTime.quarter / 32) != 0
        } ?? 1
    }
}
