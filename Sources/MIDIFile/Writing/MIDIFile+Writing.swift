#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Files
import Score

extension MIDIFile {
    /// The score as a Standard MIDI File of format 1: a conductor track with texts, tempo,
    /// meter and key, then a track for each part. The same score always gives the same bytes.
    ///
    /// Reading it again gives the same score, except that parts without notes are not read, notes
    /// end where their pitch is struck again in their part, and nothing lies past `latestTick`.
    /// A file counts at most 65,534 parts; the rest are left out.
    ///
    /// - Parameter end: where the tracks end, such as the last bar line; the end of each track's
    ///   last note where that is later.
    public static func write(_ score: Score, endingAt end: Ticks = .zero) -> Data {
        Data(bytes(of: score, end: end))
    }

    /// Writes the score to a file, whole or not at all: into a file beside it that is then renamed.
    ///
    /// - Throws: `MIDIFileError` with the system's reason; nothing is left behind then.
    public static func write(
        _ score: Score, endingAt end: Ticks = .zero, to path: String
    ) throws(MIDIFileError) {
        try save(bytes(of: score, end: end), to: path)
    }

    static func save(_ bytes: [UInt8], to path: String) throws(MIDIFileError) {
        do {
            try WholeFile.save(bytes, to: path)
        } catch {
            throw MIDIFileError(
                file: path, reason: error == .folder ? .folder : .unwritable("\(error)"))
        }
    }

    private static func bytes(of score: Score, end: Ticks) -> [UInt8] {
        let parts = score.parts.prefix(maximumPartCount)
        let channels = ChannelAssignment.channels(for: parts)
        let pedalled = Set(zip(parts, channels).lazy.filter { !$0.0.pedals.isEmpty }.map(\.1))
        let latest = latestTick(ticksPerQuarter: score.ticksPerQuarter).count
        var bytes = FileBytes.header + EventBytes.number(6, length: 4)
        for value in [1, parts.count + 1, score.ticksPerQuarter] {
            bytes += EventBytes.number(value, length: 2)
        }
        let end = min(end.count, latest)
        bytes += TrackWriter.conductorTrack(of: score, latest: latest, end: end)
        for (part, channel) in zip(parts, channels) {
            bytes += TrackWriter.track(
                of: part, channel: channel, isPedalled: pedalled.contains(channel), latest: latest,
                end: end)
        }
        return bytes
    }
}
