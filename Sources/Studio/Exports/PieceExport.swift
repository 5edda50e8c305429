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
    /// Its file's, without an ending.
    let fileName: String
    let score: Score
    /// Where it ends.
    let end: Ticks

    /// The piece along a path.
    ///
    /// - Parameter kin: the place of the path's last node.
    /// - Throws: `StudioError.conflict` where it has no notes.
    init(
        _ session: StudioSession, path: [StudioNode], kin: ExportName.Kin
    ) throws(StudioError) {
        let piece = PathPiece(session, path: path)
        var score = piece.score
        score.parts.removeAll { $0.notes.isEmpty }
        guard !score.parts.isEmpty, let node = path.last else {
            throw .conflict("There is no music here yet; play something or let Clara begin.")
        }
        let name = node.name
        title =
            name.isEmpty || name == session.title ? session.title : "\(session.title), \(name)"
        fileName = ExportName.name(of: session.title, endingWith: node, among: kin)
        self.score = score
        end = piece.end
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
