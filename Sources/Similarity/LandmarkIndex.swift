/// Which pieces have which landmarks, to find pairs that may be alike without comparing all.
struct LandmarkIndex: Sendable {
    /// Two pieces that have landmarks in common, `first` < `second`, and by how much the second lies
    /// higher.
    struct Candidate: Hashable, Sendable {
        let first, second: Int
        /// Semitones, 0…11.
        let transposition: Int
        /// How many landmarks they have in common, as a share of those of the piece with fewer.
        let share: Double
    }

    /// A landmark that more pieces have tells little. There each meets a few before it only, so that
    /// copies without number are found and take no time.
    private static let commonplace = 64
    private static let neighbours = 4
    private static let leastCommon = 4
    private static let leastShare = 0.06

    /// For each landmark that several pieces have, these and the pitch class that it begins on there:
    /// 16 · piece + pitch class.
    private var postings: [UInt32] = []
    /// For each piece where in `postings` its own are, and those before that it is to meet.
    private var places: [[(meeting: Range<Int>, own: Int)]]
    /// How many different landmarks each piece has.
    private var counts: [Int]

    init(_ prints: [Fingerprint]) {
        places = Array(repeating: [], count: prints.count)
        counts = Array(repeating: 0, count: prints.count)
        // 2³² · landmark + posting, so that sorting brings together who shares a landmark.
        var all: [UInt64] = []
        for (piece, print) in prints.enumerated() {
            all += Landmarks(print).values.map {
                ($0 >> 32) << 32 | UInt64(piece) << 4 | $0 & 15
            }
        }
        all.sort()
        var start = 0
        while start < all.count {
            var end = start
            var distinct: [UInt32] = []
            while end < all.count, all[end] >> 32 == all[start] >> 32 {
                let posting = UInt32(truncatingIfNeeded: all[end])
                if distinct.last != posting { distinct.append(posting) }
                end += 1
            }
            start = end
            add(distinct)
        }
    }

    private mutating func add(_ distinct: [UInt32]) {
        for posting in distinct { counts[Int(posting >> 4)] += 1 }
        guard distinct.count > 1 else { return }
        let reach = distinct.count > Self.commonplace ? Self.neighbours : Self.commonplace
        for (offset, posting) in distinct.enumerated() {
            let own = postings.count + offset
            places[Int(posting >> 4)].append(((own - min(offset, reach))..<own, own))
        }
        postings += distinct
    }

    /// The pairs that have enough in common in one transposition, the likeliest first.
    func candidates() -> [Candidate] {
        // For each other piece and transposition how many landmarks it shares, and which were met.
        var votes = [Int32](repeating: 0, count: counts.count * 12)
        var met: [Int] = []
        var found: [Candidate] = []
        for piece in counts.indices {
            for (meeting, own) in places[piece] {
                for posting in postings[meeting] where posting >> 4 != piece {
                    let shift = Int((postings[own] & 15 + 12 - posting & 15) % 12)
                    let place = Int(posting >> 4) * 12 + shift
                    if votes[place] == 0 { met.append(place) }
                    votes[place] += 1
                }
            }
            for place in met {
                let common = Int(votes[place])
                votes[place] = 0
                let share = Double(common) / Double(min(counts[piece], counts[place / 12]))
                guard common >= Self.leastCommon, share >= Self.leastShare else { continue }
                found.append(
                    Candidate(
                        first: place / 12, second: piece, transposition: place % 12, share: share))
            }
            met.removeAll(keepingCapacity: true)
        }
        return found.sorted {
            ($1.share, $0.first, $0.second, $0.transposition)
                < ($0.share, $1.first, $1.second, $1.transposition)
        }
    }
}
