import Score

/// Gathers the presses of the sustain pedal (controller 64), track by track and channel by channel,
/// and says which part each belongs to.
///
/// A pedal belongs to its channel. Pianos are often written as a track for each hand with the pedal in
/// one of them, or in a third: so a track that moves no pedal on its channel takes the presses of
/// those that do.
struct PedalCollector {
    /// Which track and channel a part is from, and its program.
    struct Place {
        let track: UInt32
        let channel: UInt8
        let program: UInt8

        init(track: Int, channel: Int, program: Int) {
            self.track = UInt32(track)
            self.channel = UInt8(channel)
            self.program = UInt8(program)
        }

        fileprivate var line: Int { PedalCollector.key(track, channel) }
    }

    private struct Press {
        let down: UInt32
        let up: UInt32
        /// Index in `lines`.
        let line: UInt32
        let program: UInt8

        var pedal: Pedal { Pedal(down: Ticks(Int(down)), up: Ticks(Int(up))) }
    }

    /// One channel of one track that moves its pedal, be it only upwards.
    private struct Line {
        let track: UInt32
        let channel: UInt8

        var key: Int { PedalCollector.key(track, channel) }
    }

    private var lines: [Line] = []
    private var presses: [Press] = []
    /// For each channel, its line in the present track, where the pedal went down, or −1, and the
    /// program that was set then.
    private var line = [Int](repeating: -1, count: 16)
    private var down = [Int](repeating: -1, count: 16)
    private var program = [UInt8](repeating: 0, count: 16)

    mutating func move(channel: Int, to value: UInt8, track: Int, program: UInt8, tick: Int) {
        if line[channel] < 0 {
            line[channel] = lines.count
            lines.append(Line(track: UInt32(track), channel: UInt8(channel)))
        }
        if value < 64 {
            lift(channel: channel, tick: tick)
        } else if down[channel] < 0 {
            down[channel] = tick
            self.program[channel] = program
        }
    }

    /// Lifts what is still down: a pedal that is never released ends with its track.
    mutating func endTrack(tick: Int) {
        for channel in 0..<16 where line[channel] >= 0 {
            lift(channel: channel, tick: tick)
            line[channel] = -1
        }
    }

    private mutating func lift(channel: Int, tick: Int) {
        guard down[channel] >= 0 else { return }
        presses.append(
            Press(
                down: UInt32(down[channel]), up: UInt32(tick), line: UInt32(line[channel]),
                program: program[channel]))
        down[channel] = -1
    }

    /// Gives each part its presses, and returns how many presses belong to none.
    ///
    /// A press goes to the part whose program is set when the pedal goes down, or else to the first
    /// of its channel in its track; parts of tracks that move no pedal take all of their channel's.
    ///
    /// - Parameter sharing: whether tracks share channels, as in all formats but 2.
    func give(to parts: inout [Part], at places: [Place], sharing: Bool) -> Int {
        guard !lines.isEmpty else { return 0 }
        var homeless = [Int](repeating: 0, count: 16)
        let owners = owners(among: places)
        var pedals = [[Pedal]](repeating: [], count: places.count)
        for press in presses {
            let line = lines[Int(press.line)]
            guard let first = owners.first[line.key] else {
                homeless[Int(line.channel)] += 1
                continue
            }
            let owner = owners.byProgram[line.key << 7 | Int(press.program)] ?? first
            pedals[owner].append(press.pedal)
        }
        for (index, pedals) in pedals.enumerated() where !pedals.isEmpty {
            parts[index].replacePedals(with: pedals)
        }
        if sharing { share(with: &parts, at: places, &homeless) }
        return homeless.reduce(0, +)
    }

    /// Which part is the first of each line, and which of each line and program.
    private func owners(among places: [Place]) -> (first: [Int: Int], byProgram: [Int: Int]) {
        var first: [Int: Int] = [:]
        var byProgram: [Int: Int] = [:]
        for (index, place) in places.enumerated() {
            if first[place.line] == nil { first[place.line] = index }
            byProgram[place.line << 7 | Int(place.program)] = index
        }
        return (first, byProgram)
    }

    /// Gives parts of tracks that move no pedal all presses on their channel.
    private func share(with parts: inout [Part], at places: [Place], _ homeless: inout [Int]) {
        let own = Set(lines.map(\.key))
        var shared = [[Pedal]?](repeating: nil, count: 16)
        for (index, place) in places.enumerated() where !own.contains(place.line) {
            let all = shared[Int(place.channel)] ?? merged(channel: place.channel)
            shared[Int(place.channel)] = all
            homeless[Int(place.channel)] = 0
            parts[index].replacePedals(with: all)
        }
    }

    private static func key(_ track: UInt32, _ channel: UInt8) -> Int {
        Int(track) << 4 | Int(channel)
    }

    /// All presses on a channel in order; those that overlap become one.
    private func merged(channel: UInt8) -> [Pedal] {
        var presses = presses.filter { lines[Int($0.line)].channel == channel }
        presses.sort { ($0.down, $0.up) < ($1.down, $1.up) }
        var merged: [Pedal] = []
        merged.reserveCapacity(presses.count)
        for press in presses {
            if let last = merged.last, Int(press.down) < last.up.count {
                merged[merged.count - 1] = Pedal(
                    down: last.down, up: max(last.up, Ticks(Int(press.up))))
            } else {
                merged.append(press.pedal)
            }
        }
        return merged
    }
}
