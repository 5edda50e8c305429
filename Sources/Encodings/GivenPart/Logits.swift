import Foundation

extension UnsafeMutableBufferPointer<Float> {
    /// ln Σ e^logit over the tokens that count; −infinity where none does.
    func logSum(_ tokens: Range<Int>, where counts: (Int) -> Bool) -> Float {
        var highest = -Float.infinity
        for token in tokens where counts(token) { highest = Swift.max(highest, self[token]) }
        guard highest > -.infinity else { return highest }
        var sum: Float = 0
        for token in tokens where counts(token) { sum += exp(self[token] - highest) }
        return highest + log(sum)
    }

    /// Shares out a probability, a logarithm on the logits' scale, among the tokens that count, by what they have.
    func share(_ gain: Float, among tokens: Range<Int>, where counts: (Int) -> Bool) {
        let present = logSum(tokens, where: counts)
        guard gain > -.infinity, present > -.infinity else { return }
        let more = Swift.max(present, gain) + log1p(exp(-abs(present - gain))) - present
        for token in tokens where counts(token) { self[token] += more }
    }
}
