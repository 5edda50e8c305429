/// Tokens a second of several runs, as JSON.
struct Rates: Encodable {
    let threads: Int
    /// The median of `runs`.
    let tokensPerSecond: Double
    let runs: [Double]
    /// The most memory of this process, in bytes.
    let peakBytes: Int

    /// - Parameters:
    ///   - times: seconds of each run.
    ///   - tokens: of one run.
    init(_ times: [Double], tokens: Int, _ options: RunOptions) {
        threads = options.threads
        runs = times.map { Double(tokens) / $0 }
        tokensPerSecond = Measuring.median(runs)
        peakBytes = Report.peakBytes
    }
}
