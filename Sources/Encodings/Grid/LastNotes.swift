/// The notes that each instrument of a grid struck last, as a context tells them.
///
/// Numbered, instruments in turn:
/// - the note that it struck last at this step, the highest and the lowest one of the last step before it
///   in which it struck any, and of the one before that, or that there is none: the references;
/// - then by how much its highest and its lowest have moved, or that they cannot have.
struct LastNotes: Hashable, Sendable {
    /// The newest, and twice two outer ones.
    private static let referencesEach = 5
    private static let movesEach = 2

    /// How many pitches an instrument has.
    private let notes: Int
    private var instruments: [OuterVoices]

    init(grid: NoteGrid) {
        notes = grid.range.count
        instruments = Array(repeating: OuterVoices(), count: grid.ensemble.instruments.count)
    }

    /// How many ids there are.
    var count: Int {
        instruments.count * (Self.referencesEach * (notes + 1) + Self.movesEach * 2 * notes)
    }

    /// - Parameters:
    ///   - firstToken: the id of the token that strikes the lowest cell; the others' follow.
    ///   - firstID: how many ids the context has before its references.
    ///   - others: how many references stand before these.
    func references(firstToken: Int, firstID: Int, before others: Int) -> ReferenceNotes {
        ReferenceNotes(
            firstToken: firstToken, notes: notes, instruments: instruments.count, firstID: firstID,
            count: others + instruments.count * Self.referencesEach)
    }

    mutating func reset() {
        for index in instruments.indices { instruments[index] = OuterVoices() }
    }

    /// Notes a strike, at the latest step or a later one.
    mutating func strike(_ cell: Int, at step: Int) {
        instruments[cell / notes].strike(cell % notes, at: step)
    }

    /// Appends the ids that hold at a step, the latest that struck any or a later one.
    func appendIDs(at step: Int, in block: inout IDBlock, to ids: inout [Int32]) {
        for instrument in instruments {
            let voices = instrument.voices(at: step)
            block.append(voices.newest, to: &ids, of: notes)
            block.append(voices.last.top, to: &ids, of: notes)
            block.append(voices.last.bottom, to: &ids, of: notes)
            block.append(voices.former.top, to: &ids, of: notes)
            block.append(voices.former.bottom, to: &ids, of: notes)
        }
        for instrument in instruments {
            let voices = instrument.voices(at: step)
            let (last, former) = (voices.last, voices.former)
            block.append(move(from: former.top, to: last.top), to: &ids, of: 2 * notes - 1)
            block.append(move(from: former.bottom, to: last.bottom), to: &ids, of: 2 * notes - 1)
        }
    }

    /// 0 for the widest move down, −1 where there is none.
    private func move(from former: Int, to last: Int) -> Int {
        former < 0 || last < 0 ? -1 : last - former + notes - 1
    }
}
