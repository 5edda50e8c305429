import Score

/// Which channel each part is written on.
enum ChannelAssignment {
    static let drums = 9
    private static let melodic = (0..<16).filter { $0 != drums }

    /// Drums go to channel 10, other parts to the rest: one each while there are enough, then one
    /// for each program, so that parts that share a channel sound alike; past fifteen programs
    /// channels are shared all the same.
    static func channels(for parts: some Collection<Part>) -> [Int] {
        let pitched = parts.filter { !$0.isDrums }
        let sharesByProgram = pitched.count > melodic.count
        var channelOfProgram: [Int: Int] = [:]
        var next = 0
        func take() -> Int {
            defer { next += 1 }
            return melodic[next % melodic.count]
        }
        return parts.map { part in
            if part.isDrums { return drums }
            guard sharesByProgram else { return take() }
            let channel = channelOfProgram[part.program] ?? take()
            channelOfProgram[part.program] = channel
            return channel
        }
    }
}
