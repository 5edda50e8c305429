/// Something that a score tells besides which keys are struck when. Few encodings hold all of it.
package enum MusicAspect: String, Hashable, Sendable, CaseIterable {
    case durations
    case velocity
    case tempo
    case meter
    case key
    case pedal
    /// Which part a note belongs to, beyond what the encoding tells apart.
    case parts
    /// Onsets and lengths finer than a step.
    case timing
}
