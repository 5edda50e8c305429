/// A place in a chordwise text: what a writer, a grammar and a reader keep count of. No heap.
struct ChordwisePlace: Hashable, Sendable {
    /// Steps that are complete.
    private(set) var step = 0
    /// The instrument whose turn it is.
    private(set) var turn = 0
    /// The keys that sounded in the step before.
    private(set) var before = KeysByInstrument()
    /// The keys that sound in this step, of instruments whose turn is over.
    private(set) var now = KeysByInstrument()
    /// Notes that were struck in the ten steps before this one.
    private(set) var recentStrikes = 0

    private let instruments: Int
    private var struckNow = 0
    /// Strikes of the steps before, by step modulo ten.
    private var strikes = SIMD16<UInt16>()

    init(_ form: ChordwiseForm) { instruments = form.instruments.count }

    /// Takes in what an instrument does. Where it is another's turn, that one rests.
    mutating func advance(_ chord: Chord, instrument: Int) {
        rest(untilTurnOf: instrument)
        now[instrument] = chord.keys
        struckNow += chord.struck.nonzeroBitCount
        endTurn()
    }

    /// Lets the instruments rest whose turn is before this one's.
    ///
    /// - Returns: how many they are.
    @discardableResult
    mutating func rest(untilTurnOf instrument: Int) -> Int {
        var rests = 0
        while turn != instrument {
            endTurn()
            rests += 1
        }
        return rests
    }

    private mutating func endTurn() {
        turn += 1
        guard turn == instruments else { return }
        turn = 0
        let place = step % ChordwiseEncoding.restSteps
        recentStrikes += struckNow - Int(strikes[place])
        strikes[place] = UInt16(struckNow)
        struckNow = 0
        before = now
        now = KeysByInstrument()
        step += 1
    }
}
