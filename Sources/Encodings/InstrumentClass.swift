/// The kinds of instrument that Clara's texts tell apart.
///
/// `NotewiseEncoding` has words for the piano-like so far. The violin-like join its vocabulary with
/// the duets: within a step their tokens stand before the piano's, and a duet's violin goes no lower
/// than MIDI 55.
public enum InstrumentClass: Hashable, Sendable, CaseIterable {
    /// Piano, harpsichord, harp, organ…
    case piano
    /// Strings, winds, voice.
    case violin

    /// The letter of its tokens.
    public var prefix: String {
        switch self {
        case .piano: "p"
        case .violin: "v"
        }
    }
}
