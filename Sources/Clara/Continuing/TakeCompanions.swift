import Audio

/// What is made beside each take's MIDI file: its sound, its picture, or both.
public struct TakeCompanions: Sendable {
    /// What was made for one take; nil what was not asked for.
    public struct Made: Hashable, Sendable {
        public let sound: RenderedSound?
        public let roll: RollDrawer.Drawing?
    }

    private let sound: (renderer: SoundRenderer, format: SoundFormat)?
    private let hasRoll: Bool

    /// - Parameters:
    ///   - sound: who plays the takes, and into which kind of file; nil for no sound.
    ///   - hasRoll: whether a piano roll is drawn.
    public init(sound: (renderer: SoundRenderer, format: SoundFormat)?, hasRoll: Bool) {
        self.sound = sound
        self.hasRoll = hasRoll
    }

    public var isEmpty: Bool { sound == nil && !hasRoll }

    /// Finds out before the work whether the files can be written after it.
    ///
    /// - Parameter take: the path of a take's MIDI file.
    /// - Throws: `OutputError` where a path cannot be a file.
    public func check(beside take: String) throws(OutputError) {
        for path in [soundPath(beside: take), rollPath(beside: take)].compactMap(\.self) {
            try OutputFile(path).check(makingFolder: true)
        }
    }

    /// Makes them beside the take's MIDI file, which has been written.
    ///
    /// - Parameter progress: called now and then with the share of the work that is done, 0…1.
    public func make(
        for take: Take, beside path: String, shouldStop: () -> Bool = { false },
        progress: (Double) -> Void = { _ in }
    ) throws -> Made {
        let roll = try rollPath(beside: path).map {
            try RollDrawer.draw(take.score, named: path, to: $0)
        }
        guard let sound, let target = soundPath(beside: path) else {
            return Made(sound: nil, roll: roll)
        }
        let rendered = try sound.renderer.render(
            take.score, named: path, to: target, format: sound.format, shouldStop: shouldStop,
            progress: progress)
        return Made(sound: rendered, roll: roll)
    }

    private func soundPath(beside take: String) -> String? {
        sound.map { OutputFile.path(of: take, endingIn: $0.format.container.rawValue) }
    }

    private func rollPath(beside take: String) -> String? {
        hasRoll ? OutputFile.path(of: take, endingIn: "svg") : nil
    }
}
