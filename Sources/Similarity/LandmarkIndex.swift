/// Which pieces have which landmarks, to find pairs that may be alike without comparing all.
struct LandmarkIndex: Sendable {
    /// Two pieces that have landmarks in common, and by how much the second lies higher.
    struct Candidate: Hashable, Sendable {
        let first, second: Int
        /// Semitones, 0…11.
        let transposition: Int
        let common: Int
    }

    /// A landmark that more pieces have tells nothing.
    private static let commonplace = 64

    /// For each landmark that several pieces have, these and the pitch class: 16 · piece + pitch class.
    private var postings: [UInt32] = []
    /// Where in `postings` each landmark's begin, and the end.
    private var starts: [Int] = []
    /// For each piece its landmarks, and the pitch class that they begin on there.
    private var landmarks: [[(landmark: Int, pitchClass: Int)]] = []
    private let count: Int

    init(_ prints: [Fingerprint]) {
        count = prints.count
        var all: [(key: UInt32, posting: UInt32)] = []
        for (piece, print) in prints.enumerated() {
            for value in Landmarks(print).values {
                all.append((UInt32(value >> 32), UInt32(piece << 4) | UInt32(value & 15)))
            }
        }
        var keys = all.map { UInt64($0.key) << 32 | UInt64($0.posting) }
        keys.sort()
        landmarks = Array(repeating: [], count: prints.count)
        var start = 0
        while start < keys.count {
            var end = start
            var distinct: [UInt32] = []
            while end < keys.count, keys[end] >> 32 == keys[start] >> 32 {
                let posting = UInt32(truncatingIfNeeded: keys[end])
                if distinct.last != posting { distinct.append(posting) }
                end += 1
            }
            start = end
            guard distinct.count > 1, distinct.count <= Self.commonplace else { continue }
            let landmark = starts.count
            starts.append(postings.count)
            postings += distinct
            for posting in distinct {
                landmarks[Int(posting >> 4)].append((landmark, Int(posting & 15)))
            }
        }
        starts.append(postings.count)
    }

    /// The pieces after `piece` that have at least `least` landmarks in common with it in one transposition.
    func candidates(of piece: Int, atLeast least: Int) -> [Candidate] {
        var votes = [UInt16](repeating: 0, count: count * 12)
        for (landmark, pitchClass) in landmarks[piece] {
            for posting in postings[starts[landmark]..<starts[landmark + 1]]
            where Int(posting >> 4) > piece {
                let shift = (Int(posting & 15) - pitchClass + 12) % 12
                votes[Int(posting >> 4) * 12 + shift] &+= 1
            }
        }
        var found: [Candidate] = []
        for other in (piece + 1)..<max(count, piece + 1) {
            var (best, shift) = (UInt16(0), 0)
            for t in 0..<12 where votes[other * 12 + t] > best {
                (best, shift) = (votes[other * 12 + t], t)
            }
            if best >= least {
                found.append(
                    Candidate(first: piece, second: other, transposition: shift, common: Int(best)))
            }
        }
        return found
    }
}
