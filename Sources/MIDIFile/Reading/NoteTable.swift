/// The memory in which the notes of a track are gathered: taken once for a file, and given back when
/// reading ends.
struct NoteTable {
    struct StruckNote {
        let onset: UInt32
        /// `StruckNote.sounding` until the note ends.
        var end: UInt32
        /// Index among the track's parts.
        let part: UInt16
        let pitch: UInt8
        /// 0 where the note is left out.
        var velocity: UInt8

        static let sounding = UInt32.max
    }

    /// What a key of a channel does.
    struct Key {
        /// Number, from 1, of the note that its next release ends; 0 for none.
        var sounding: UInt32 = 0
        /// Releases to come of notes that were ended already.
        var owed: UInt32 = 0
    }

    static let keyCount = 16 * 128

    /// Room for all notes that the longest track can have.
    let notes: UnsafeMutableBufferPointer<StruckNote>
    let keys: UnsafeMutableBufferPointer<Key>

    /// - Parameter bytes: how many bytes the file has. A note takes three of them at least.
    static func withTable<Result>(
        forBytes bytes: Int, _ body: (NoteTable) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: StruckNote.self, capacity: bytes / 3 + 1) { notes in
            withUnsafeTemporaryAllocation(of: Key.self, capacity: keyCount) { keys in
                keys.initialize(repeating: Key())
                return body(NoteTable(notes: notes, keys: keys))
            }
        }
    }
}
