import Clara
import Score

/// What the stream of a job tells, as JSON.
enum TakeEvents {
    struct Begun: Encodable {
        let job: String
        let seeds: [Int]
        /// The session's, with those that the voice brings.
        let parts: [StudioPart]
    }

    /// A note that may still sound: then it is sent again, with the same id, when it has ended.
    struct Note: Encodable {
        let id: Int
        let pitch: Int
        let onset: Double
        let duration: Double
        let velocity: Int
        let part: Int
        let open: Bool?

        init(_ note: StudioNote, id: Int, isOpen: Bool) {
            self.id = id
            pitch = note.pitch
            onset = note.onset
            duration = note.duration
            velocity = note.velocity
            part = note.part
            open = isOpen ? true : nil
        }
    }

    struct Notes: Encodable {
        /// Counted from 0.
        let take: Int
        let notes: [Note]
        let tempos: [StudioTempo]
        /// The bar that the take has come to, counted from the beginning of the piece.
        let bar: Int
        /// Its last bar.
        let of: Int
    }

    struct Whole: Encodable {
        let take: Int
        let node: StudioNode
    }

    struct Judged: Encodable {
        let take: Int
        let node: String
        @OrNull var originality: TakeFacts.Originality?
        @OrNull var human: Double?
    }

    struct Failed: Encodable { let message: String }

    struct End: Encodable { let cancelled: Bool }
}
