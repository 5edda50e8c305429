/// What nobody wants to hear in a continuation.
public enum TakeFault: String, Hashable, Sendable, Codable, CaseIterable {
    case loop
    case silence
    case wall
}

/// Tells whether a passage has a fault.
public protocol FaultDetector: Sendable {
    func isFound(in passage: Passage) -> Bool
}

extension TakeFault {
    /// The detector with the thresholds that the report uses.
    public var detector: any FaultDetector {
        switch self {
        case .loop: EndlessLoop()
        case .silence: LongSilence()
        case .wall: WallOfNotes()
        }
    }

    /// What passages with it do, for people.
    public var title: String {
        switch self {
        case .loop: "end in a loop"
        case .silence: "fall silent"
        case .wall: "pile up notes"
        }
    }

    /// The faults of a passage, in the order of `allCases`.
    public static func all(in passage: Passage) -> [TakeFault] {
        allCases.filter { $0.detector.isFound(in: passage) }
    }
}
