import Audio
import Clara
import Foundation
import MIDIFile
import Notation
import Score

/// The kinds of files that a piece is exported to.
enum ExportFormat: String, Hashable, Sendable, CaseIterable {
    case mid, musicxml, wav, flac

    var contentType: String {
        switch self {
        case .mid: "audio/midi"
        case .musicxml: "application/vnd.recordare.musicxml+xml"
        case .wav: "audio/wav"
        case .flac: "audio/flac"
        }
    }

    var container: SoundFormat.Container? {
        switch self {
        case .mid, .musicxml: nil
        case .wav: .wav
        case .flac: .flac
        }
    }
}

/// A piece that leaves the studio.
struct PieceExport: Sendable {
    let title: String
    let score: Score
    /// Where it ends.
    let end: Ticks

    /// The piece along a path.
    ///
    /// - Throws: `StudioError.conflict` where it has no notes.
    init(_ session: StudioSession, path: [StudioNode]) throws(StudioError) {
        let piece = PathPiece(session, path: path)
        var score = piece.score
        score.parts.removeAll { $0.notes.isEmpty }
        guard !score.parts.isEmpty else {
            throw .conflict("There is no music here yet; play something or let Clara begin.")
        }
        let name = path.last?.name ?? ""
        title =
            name.isEmpty || name == session.title ? session.title : "\(session.title), \(name)"
        self.score = score
        end = piece.end
    }

    /// “Waltz in A minor, take 2” becomes “waltz-in-a-minor-take-2”.
    var fileName: String {
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let name = words.joined(separator: "-").prefix(60)
        return name.isEmpty ? "piece" : String(name)
    }

    var midi: [UInt8] { [UInt8](MIDIFile.write(score, endingAt: end)) }

    /// - Throws: `StudioError.conflict` where it cannot be written down.
    func musicXML() throws(StudioError) -> [UInt8] {
        do {
            return Array(try SheetMusic(of: score, title: title).musicXML(software: "Clara").utf8)
        } catch {
            throw .conflict("This cannot be written as a score: \(error).")
        }
    }

    /// Plays it into a file that has no name any more when it is returned, and is gone when closed.
    func sound(
        by renderer: SoundRenderer, as container: SoundFormat.Container, limits: StudioLimits,
        shouldStop: () -> Bool
    ) throws -> FileHandle {
        guard score.seconds <= limits.secondsOfSound else {
            throw StudioError.conflict(
                "The piece lasts \(Int(score.seconds / 60)) minutes; at most "
                    + "\(Int(limits.secondsOfSound / 60)) are turned into sound here, clara render "
                    + "does more.")
        }
        let folder = FileManager.default.temporaryDirectory.path
        let path = "\(folder)/clara-studio-\(UUID().uuidString).\(container.rawValue)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try renderer.render(
            score, named: title, to: path, format: SoundFormat(container), shouldStop: shouldStop)
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StudioError.unusable("The sound that was just made is gone; try again.")
        }
        return handle
    }
}
