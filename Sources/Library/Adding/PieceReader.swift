import Encodings
import Files
import Foundation
import MIDIFile
import Score
import Similarity

/// A file that is to be read, with what is known of it beforehand.
struct FileToRead: Sendable {
    let path: String
    let stamp: FileStamp
    let facts: PieceFacts

    /// Of the facts as folders and tables tell them.
    var factsHash: String { ByteHash.of("\(facts)") }
}

/// Makes pieces of files.
enum PieceReader {
    /// What a file gave.
    enum Reading: Sendable {
        case piece(Piece, fingerprint: Data)
        case failed(FailedFile)
    }

    /// Changes whenever a piece would come out otherwise, so that adding again makes it again.
    static let version = 3 + 1000 * Int(Fingerprint.version)

    static func read(_ file: FileToRead, at time: Date) -> Reading {
        do {
            let bytes = try bytes(of: file.path)
            let (score, report) = try MIDIFile.read(Data(bytes), named: file.path)
            guard score.noteCount > 0 else { return .failed(file.failed("it has no notes")) }
            let piece = Piece(
                file, bytes: bytes, score: score,
                repairs: report.repairs.map(\.description).joined(separator: "\n"), added: time)
            return .piece(piece, fingerprint: Data(Fingerprint(of: score).bytes))
        } catch {
            return .failed(file.failed(error.reason(without: file.path)))
        }
    }

    private static func bytes(of path: String) throws(MIDIFileError) -> [UInt8] {
        do {
            return try WholeFile.bytes(of: path, limit: MIDIFile.maximumFileSize)
        } catch {
            throw MIDIFileError(
                file: path,
                reason: error == .larger(thanBytes: MIDIFile.maximumFileSize)
                    ? .tooLarge : .unreadable("\(error)"))
        }
    }
}

extension FileToRead {
    fileprivate func failed(_ reason: String) -> FailedFile {
        FailedFile(
            path: path, size: stamp.size, modified: stamp.modified, reading: PieceReader.version,
            reason: reason)
    }
}

extension Piece {
    fileprivate init(
        _ file: FileToRead, bytes: [UInt8], score: Score, repairs: String, added: Date
    ) {
        // Read a second time only where nothing beside the file tells its title.
        let name =
            file.facts.title == nil
            ? try? MIDIFile.readEvents(Data(bytes), named: file.path).file.nameOfLeadingTrack : nil
        let texts = FileTexts(of: score, name: name, path: file.path)
        let facts = file.facts.completed(by: texts.facts)
        // A take is named after its style or its prompt, and is nobody else's for that.
        let guess =
            score.texts.contains(where: TakeText.isOne)
            ? "Clara" : facts.composerOfNames ?? texts.facts.composer
        self.init(
            path: file.path, size: file.stamp.size, modified: file.stamp.modified,
            reading: PieceReader.version, fileHash: ByteHash.of(bytes), factsHash: file.factsHash,
            content: MusicContent(of: score).description,
            composer: file.facts.composer ?? guess,
            performer: facts.performer, title: facts.title ?? file.path,
            style: facts.styles.isEmpty ? nil : facts.styles.joined(separator: ", "),
            year: facts.year, source: facts.source, licence: facts.licence,
            instruments: Self.list(
                score.parts.map { $0.isDrums ? "Drums" : GeneralMIDI.instrument($0.program) })
                ?? "",
            parts: Self.list(score.parts.map(\.name)), key: score.principalKey?.name,
            meter: score.principalMeter.description, seconds: score.seconds, bars: score.barCount,
            notes: score.noteCount, repairs: repairs, added: added)
    }

    private static func list(_ names: [String]) -> String? {
        var distinct: [String] = []
        for name in names where !name.isEmpty && !distinct.contains(name) { distinct.append(name) }
        return distinct.isEmpty ? nil : distinct.joined(separator: ", ")
    }
}

extension Score {
    /// The meter that most of the score is in.
    fileprivate var principalMeter: Meter {
        var lengths: [Meter: Int] = [:]
        let changes = meterMap.changes.filter { $0.tick < end }
        for (index, change) in changes.enumerated() {
            let next = index + 1 < changes.count ? changes[index + 1].tick : end
            lengths[change.meter, default: 0] += (next - change.tick).count
        }
        // Of several that share it alike the one that comes first.
        let longest = lengths.values.max()
        return changes.first { lengths[$0.meter] == longest }?.meter ?? .common
    }
}
