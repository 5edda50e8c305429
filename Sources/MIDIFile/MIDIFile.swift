import Score

/// Standard MIDI Files ⇄ `Score`.
///
/// Read: formats 0, 1 and 2 (the sequences of a format 2 file are laid side by side from time zero),
/// also wrapped in RIFF RMID, and MIDI 2.0 clip files (.midi2). Written: format 1.
///
/// A note belongs to the part of its track, channel and program; a track that sets no program takes
/// the one that an earlier track set first on its channel, else 0. Channel 10 makes drum parts.
/// Notes last as long as their keys are held: the sustain pedal does not lengthen them. Its presses
/// belong to their channel: tracks that share one, as two hands do, share the pedal.
///
/// Specification: *Standard MIDI Files 1.0*, RP-001, MIDI Manufacturers Association, 1996.
public enum MIDIFile {
    /// Larger files are refused, so that a wrong path cannot fill the memory.
    public static let maximumFileSize = 64 << 20

    /// A score that is read has at most so many parts, and no more are written: a file counts 65,535
    /// tracks, and the first of those that are written holds tempo and meter.
    package static let maximumPartCount = 65_534

    /// The last tick that is read or written: 2³¹ − 1, or 2²² quarter notes if those end earlier.
    /// Events beyond it are moved onto it, and reported.
    public static func latestTick(ticksPerQuarter: Int) -> Ticks {
        Ticks(min(Int(Int32.max), ticksPerQuarter << 22))
    }
}
