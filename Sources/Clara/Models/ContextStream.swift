import Encodings
import Networks

/// What an encoding tells besides the tokens, as networks know it.
struct ContextStream<Context: MusicContext>: StreamContext {
    private var context: Context

    fileprivate init(_ context: Context) { self.context = context }

    mutating func advance(_ token: Int) { context.advance(token) }

    func appendIDs(to ids: inout [Int32]) { context.appendIDs(to: &ids) }

    func fillMask(_ allowed: UnsafeMutableBufferPointer<Bool>) { context.fillMask(allowed) }
}

extension MusicEncoding {
    /// How a network may score the intervals between notes; nil where the encoding names none.
    var intervals: IntervalLayout? {
        context()?.references.map {
            IntervalLayout(
                firstNote: $0.tokens.lowerBound, notes: $0.tokens.count, firstReference: $0.firstID,
                references: $0.count)
        }
    }

    /// A stream's context before its first token; nil where the tokens say it all.
    package func streamContext() -> (any StreamContext)? {
        func stream(_ context: some MusicContext) -> any StreamContext { ContextStream(context) }
        return context().map { stream($0) }
    }
}
