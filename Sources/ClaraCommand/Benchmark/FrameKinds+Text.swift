import PublishedBenchmarks

extension FrameKinds {
    /// A line for each way to take the frames apart, for people.
    var text: String {
        let run = "the end of \(Self.runLength) frames that the piece had before"
        return """
            like the frame before: \(repeated.text); others: \(changed.text)
            \(run): \(familiar.text); others: \(new.text)
            """
    }
}

extension FrameKinds.Kind {
    fileprivate var text: String {
        "\(frames.grouped) (\(share.percent(to: 1))) at \(nats.rounded(to: 3)) nats"
    }
}
