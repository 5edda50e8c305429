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
        let track: Int
        let channel: Int
        let program: Int
    }

    private struct Press {
        let down: Int
        let up: Int
        let program: Int

        var pedal: Pedal { Pedal(down: Ticks(down), up: Ticks(up)) }
    }

    /// The presses of one channel of one track; none where it was only ever let up.
    private struct Line {
        let track: Int
        let channel: Int
        var presses: [Press] = []
    }

    private var lines: [Line] = []
    /// For each channel, its line in the present track, where the pedal went down, or −1, and the
    /// program that was set then.
    private var line = [Int](repeating: -1, count: 16)
    private var down = [Int](repeating: -1, count: 16)
    private var program = [Int](repeating: 0, count: 16)

    mutating func move(channel: Int, to value: UInt8, track: Int, program: Int, tick: Int) {
        if line[channel] < 0 {
            line[channel] = lines.count
            lines.append(Line(track: track, channel: channel))
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
        lines[line[channel]].presses.append(
            Press(down: down[channel], up: tick, program: program[channel]))
        down[channel] = -1
    }

    /// The presses of each part, and how many presses belong to none.
    ///
    /// A press goes to the part whose program is set when the pedal goes down, or else to the first
    /// of its channel in its track; parts of tracks that move no pedal take all of their channel's.
    ///
    /// - Parameter sharing: whether tracks share channels, as in all formats but 2.
    func presses(of places: [Place], sharing: Bool) -> (pedals: [[Pedal]], lost: Int) {
        var pedals = [[Pedal]](repeating: [], count: places.count)
        guard !lines.isEmpty else { return (pedals, 0) }
        var firstPart: [Int: Int] = [:]
        var part: [Int: Int] = [:]
        for (index, place) in places.enumerated() {
            let line = Self.key(place.track, place.channel)
            if firstPart[line] == nil { firstPart[line] = index }
            part[line << 7 | place.program] = index
        }
        var homeless = [Int](repeating: 0, count: 16)
        for line in lines {
            let key = Self.key(line.track, line.channel)
            guard let first = firstPart[key] else {
                homeless[line.channel] += line.presses.count
                continue
            }
            for press in line.presses {
                pedals[part[key << 7 | press.program] ?? first].append(press.pedal)
            }
        }
        guard sharing else { return (pedals, homeless.reduce(0, +)) }
        let own = Set(lines.map { Self.key($0.track, $0.channel) })
        var shared = [[Pedal]?](repeating: nil, count: 16)
        for (index, place) in places.enumerated()
        where !own.contains(Self.key(place.track, place.channel)) {
            let all = shared[place.channel] ?? merged(channel: place.channel)
            shared[place.channel] = all
            homeless[place.channel] = 0
            pedals[index] = all
        }
        return (pedals, homeless.reduce(0, +))
    }

    private static func key(_ track: Int, _ channel: Int) -> Int { track << 4 | channel }

    /// All presses on a channel in order; those that overlap become one.
    private func merged(channel: Int) -> [Pedal] {
        let presses = lines.lazy.filter { $0.channel == channel }.flatMap(\.presses)
        var merged: [Pedal] = []
        for press in presses.sorted(by: { ($0.down, $0.up) < ($1.down, $1.up) }) {
            if let last = merged.last, press.down < last.up.count {
                merged[merged.count - 1] = Pedal(
                    down: last.down, up: max(last.up, Ticks(press.up)))
            } else {
                merged.append(press.pedal)
            }
        }
        return merged
    }
}
