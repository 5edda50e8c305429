/// What is around a MIDI file within a RIFF file (.rmi), but for the lengths of the two, which follow.
struct RIFFWrapper: Hashable, Sendable {
    /// From “RMID” to the name of the chunk of the data.
    private let before: ArraySlice<UInt8>
    private let after: ArraySlice<UInt8>

    /// - Parameter payload: where the data lie within the file.
    init(of file: [UInt8], around payload: Range<Int>) {
        before = file[8..<payload.lowerBound - 4]
        after = file[payload.upperBound...]
    }

    func wrap(_ midi: [UInt8]) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { EventBytes.number(value, length: 4).reversed() }
        return Array("RIFF".utf8) + number(before.count + 4 + midi.count + after.count) + before
            + number(midi.count) + midi + after
    }
}
