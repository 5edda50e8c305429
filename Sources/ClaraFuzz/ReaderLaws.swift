import CAllocationCounter
import Foundation
import MIDIFile
import Score

/// What must hold whatever bytes are read.
enum ReaderLaws {
    /// Reading takes no more memory than so many times the file's size, and so much besides.
    static let memoryFactor = 20
    static let memoryBesides = 16 << 20

    /// What is broken, in a sentence; nil when all holds.
    static func breach(by bytes: [UInt8]) -> String? {
        let data = Data(bytes)
        clara_heap_begin()
        let lenient = read(data, .lenient)
        let held = Int(clara_heap_end())
        if held > memoryFactor * bytes.count + memoryBesides {
            return "reading \(bytes.count) bytes took \(held) bytes of memory"
        }
        if let broken = breach(byEventsOf: data, reading: lenient) { return broken }
        guard let (score, report) = try? lenient.get() else {
            if case .success = read(data, .strict) {
                return "strict reading took what lenient did not"
            }
            return nil
        }
        let isStrictlyRead = (try? read(data, .strict).get()) != nil
        if isStrictlyRead != report.repairs.isEmpty {
            return "strict reading and \(report.repairs.count) repairs do not agree"
        }
        return breach(byWriting: score)
    }

    /// Events take as little memory, are written and read as the same events, and undamaged files as
    /// the same bytes; their score is the file's.
    private static func breach(
        byEventsOf data: Data, reading: Result<(score: Score, report: ReadingReport), MIDIFileError>
    ) -> String? {
        clara_heap_begin()
        let events = try? MIDIFile.readEvents(data, named: "case")
        let held = Int(clara_heap_end())
        if held > memoryFactor * data.count + memoryBesides {
            return "reading the events of \(data.count) bytes took \(held) bytes of memory"
        }
        guard let (file, report) = events else { return nil }
        let written = MIDIFile.write(file)
        if report.repairs.isEmpty, written != data,
            !data.starts(with: Array("RIFF".utf8))
        {
            return "an undamaged file is written with other bytes"
        }
        guard let again = try? MIDIFile.readEvents(written, named: "again") else {
            return "the events that were written cannot be read"
        }
        if again.file != file { return "the events that were written are read as others" }
        let score = try? file.score(named: "case").score
        return score == (try? reading.get())?.score ? nil : "events and bytes make other scores"
    }

    private static func breach(byWriting score: Score) -> String? {
        do {
            let again = try MIDIFile.read(MIDIFile.write(score), named: "again", policy: .strict)
            return again.score == score ? nil : "what was written is read as other music"
        } catch {
            return "what was written is refused: \(error)"
        }
    }

    private static func read(
        _ data: Data, _ policy: ReadingPolicy
    ) -> Result<(score: Score, report: ReadingReport), MIDIFileError> {
        do throws(MIDIFileError) {
            return .success(try MIDIFile.read(data, named: "case", policy: policy))
        } catch {
            return .failure(error)
        }
    }
}
