/// Gathers repairs and omissions; one entry for each kind and track, so that its size is bounded.
struct ReadingLog {
    private(set) var repairs: [ReadingReport.Repair] = []
    private var firstOfTrack = 0
    private var omissions = [Int](
        repeating: 0, count: ReadingReport.Omission.Kind.allCases.count)
    private var track: Int?

    mutating func beginTrack(_ track: Int?) {
        self.track = track
        firstOfTrack = repairs.count
    }

    mutating func repair(_ kind: ReadingReport.Repair.Kind, at byteOffset: Int, count: Int = 1) {
        if let index = repairs[firstOfTrack...].firstIndex(where: { $0.kind == kind }) {
            repairs[index].happen(count)
        } else {
            repairs.append(.init(kind: kind, track: track, byteOffset: byteOffset, count: count))
        }
    }

    @inline(__always)
    mutating func omit(_ kind: ReadingReport.Omission.Kind, count: Int = 1) {
        omissions[kind.rawValue] += count
    }

    var report: ReadingReport {
        let omitted = ReadingReport.Omission.Kind.allCases.compactMap { kind in
            let count = omissions[kind.rawValue]
            return count == 0 ? nil : ReadingReport.Omission(kind: kind, count: count)
        }
        return ReadingReport(repairs: repairs, omissions: omitted)
    }
}
