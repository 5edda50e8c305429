/// What an encoding's context tells, and the style after it: one id more for each, the last for none.
struct StyledContext: MusicContext {
    private var base: (any MusicContext)?
    /// An index of the styles; their count for none.
    private var style: Int
    private let styles: Int
    /// How many ids are the encoding's own words.
    private let own: Int

    init(_ encoding: StyledEncoding) {
        base = encoding.base.context()
        styles = encoding.styles.count
        own = encoding.styleTokens.lowerBound
        style = styles
    }

    private var baseCount: Int { base?.count ?? 0 }

    var count: Int { baseCount + styles + 1 }
    // The base's ids come first.
    var references: ReferenceNotes? { base?.references }
    var sounding: SoundingNotes? { base?.sounding }
    var frequencies: PitchClassFrequencies? { base?.frequencies }
    var guesses: GuessedTokens? { base?.guesses }

    /// A style holds from where it is told to the end of the piece.
    mutating func advance(_ token: Int) {
        if token >= own {
            style = token - own
            return
        }
        if token == Vocabulary.pieceStart { style = styles }
        base?.advance(token)
    }

    func appendIDs(to ids: inout [Int32]) {
        base?.appendIDs(to: &ids)
        ids.append(Int32(baseCount + style))
    }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) {
        let words = UnsafeMutableBufferPointer(rebasing: allowed[..<own])
        if let base { base.fillMask(words) } else { words.update(repeating: true) }
        allowed[own...].update(repeating: false)
    }
}
