/// Puts grace notes before notes: a program that reads a score hangs each on what follows in its voice,
/// and moves or drops one that a rest or the bar line follows.
enum GraceNotes {
    /// The voices of a bar with each such grace note moved to a voice where notes begin at its time; it
    /// stays where no voice has any. A voice that has nothing else left goes.
    static func attached(_ voices: [VoiceBar]) -> [VoiceBar] {
        var result = voices
        for voice in voices.indices {
            let loose = voices[voice].events.indices.filter { isLoose($0, in: voices[voice]) }
            for index in loose.reversed() {
                let grace = voices[voice].events[index]
                guard
                    let other = voices.indices.first(where: {
                        $0 != voice && place(for: grace, in: result[$0]) != nil
                    }), let place = place(for: grace, in: result[other])
                else { continue }
                result[other].events.insert(grace, at: place)
                result[voice].events.remove(at: index)
            }
        }
        return result.enumerated().filter { place, bar in
            place == 0 || bar.events.contains { $0.kind != .gap }
        }.map(\.element)
    }

    private static func isLoose(_ index: Int, in bar: VoiceBar) -> Bool {
        guard bar.events[index].isGrace else { return false }
        let next = bar.events[index...].first { !$0.isGrace }
        return next?.kind != .notes || next?.start != bar.events[index].start
    }

    /// Where the notes stand that begin with `grace`.
    private static func place(for grace: VoiceBar.Event, in bar: VoiceBar) -> Int? {
        bar.events.firstIndex { $0.kind == .notes && !$0.isGrace && $0.start == grace.start }
    }
}
