import Encodings
import Score

/// What a verdict takes, and what it is worth.
extension PieceClassifier {
    /// The fewest bars that can be judged: half a passage, as of what ends a piece.
    public var leastBars: Int { (bundle.bars + 1) / 2 }
    /// The fewest notes in them.
    public var leastNotes: Int { 2 * leastBars }

    /// As `classification`, where there is enough music for a verdict. Classifiers learn from whole passages: of
    /// a note alone a critic says that a person wrote it.
    ///
    /// - Throws: as `classification`, and `ClassifyingError.tooShort`.
    public func judgement(
        of score: Score, in range: Range<Ticks>? = nil, named name: String
    ) throws(ClassifyingError) -> Classification {
        let found = try classification(of: score, in: range, named: name)
        let bars = found.passages.reduce(0) { $0 + $1.bars.count }
        let notes = found.passages.reduce(0) { $0 + $1.notes }
        guard bars >= leastBars, notes >= leastNotes else {
            throw .tooShort(
                piece: name, bars: bars, notes: notes, leastBars: leastBars,
                leastNotes: leastNotes)
        }
        return found
    }

    /// What is to be said of a verdict on this music: that other instruments play than those that the
    /// classifier learnt from; nil where they do not.
    public func remark(on score: Score) -> String? {
        let programs = score.parts.filter { !$0.isDrums && !$0.notes.isEmpty }.map(\.program)
        guard !programs.isEmpty, !ensemble.isPlayed(on: programs) else { return nil }
        var names: [String] = []
        for name in programs.map({ Instrument(program: $0).name }) where !names.contains(name) {
            names.append(name)
        }
        return doubt("this is for \(names.joined(separator: ", "))")
    }

    /// Likewise of a model's takes.
    func remark(on model: ModelBundle) -> String? {
        let other = model.encoding.ensemble
        guard other != ensemble else { return nil }
        return doubt("\(model.path) writes for \(other.name)")
    }

    private var ensemble: Ensemble { bundle.encoding.ensemble }

    private func doubt(_ difference: String) -> String {
        "the \(bundle.kind.name) learnt from music for \(ensemble.name), but \(difference): its verdict means "
            + "little"
    }
}

extension Ensemble {
    /// As a person calls it.
    fileprivate var name: String {
        self == .piano ? "a piano alone" : "a melody instrument with piano"
    }

    /// Whether the programs are for its instruments, each of them: for a piano no violin, for a duet both.
    fileprivate func isPlayed(on programs: [Int]) -> Bool {
        let heard: [InstrumentClass?] = programs.map { program in
            self == .piano ? InstrumentClass(program: program) : instrument(ofProgram: program)
        }
        let own: [InstrumentClass?] = instruments
        return Set(heard) == Set(own)
    }
}
