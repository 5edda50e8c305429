#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Files
import Score

extension MIDIFile {
    /// Reads the bytes of a Standard MIDI File or a MIDI 2.0 clip file, in time and memory
    /// proportional to their number.
    ///
    /// - Parameter name: What errors call the file.
    /// - Returns: The score, whose parts all have notes, and what was repaired or left out.
    /// - Throws: `MIDIFileError` where the bytes are no MIDI file, their header is broken, or the
    ///   policy does not put up with their damage.
    public static func read(
        _ data: Data, named name: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        try read(try bytes(of: data, named: name), named: name, policy: policy)
    }

    /// Reads the Standard MIDI File or MIDI 2.0 clip file at a path.
    ///
    /// - Throws: `MIDIFileError`, as `read(_:named:policy:)` does, and where there is no such file,
    ///   it is a folder, or it may not be read.
    public static func read(
        contentsOf path: String, policy: ReadingPolicy = .lenient
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        try read(try bytes(ofFile: path), named: path, policy: policy)
    }

    static func bytes(of data: Data, named name: String) throws(MIDIFileError) -> [UInt8] {
        guard data.count <= maximumFileSize else {
            throw MIDIFileError(file: name, reason: .tooLarge)
        }
        return [UInt8](data)
    }

    static func bytes(ofFile path: String) throws(MIDIFileError) -> [UInt8] {
        do {
            return try WholeFile.bytes(of: path, limit: maximumFileSize)
        } catch {
            switch error {
            case .folder: throw MIDIFileError(file: path, reason: .folder)
            case .larger: throw MIDIFileError(file: path, reason: .tooLarge)
            default: throw MIDIFileError(file: path, reason: .unreadable("\(error)"))
            }
        }
    }

    static func read(
        _ bytes: [UInt8], named name: String, policy: ReadingPolicy
    ) throws(MIDIFileError) -> (score: Score, report: ReadingReport) {
        let result =
            bytes.starts(with: ClipReader.header)
            ? ClipReader.read(bytes, overlap: policy.overlap)
            : try ScoreReader.read(bytes, named: name, overlap: policy.overlap)
        try policy.tolerance.check(result.report, of: name)
        return result
    }
}
