import Foundation

/// Makes the tokens that were used lately less likely.
///
/// After Keskar, McCann, Varshney, Xiong and Socher, "CTRL" (2019), who divide a used token's score;
/// but a score's sign depends on an offset that means nothing, so here its probability is divided.
/// How often the token was used makes no difference.
package struct RepetitionPenalty: HistoryTransform, Hashable {
    package let factor: Float
    /// How many tokens back a token counts as used.
    package let window: Int

    /// The latest tokens, each at its place modulo `window`.
    private var latest: [Int] = []
    private var place = 0
    /// How often each token stands in `latest`; tokens beyond its end stand nowhere.
    private var uses: [Int] = []

    /// - Parameters:
    ///   - factor: at least 1: a used token becomes so many times less likely.
    ///   - window: at least 1.
    package init(_ factor: Float, window: Int = 64) {
        precondition(factor >= 1 && factor.isFinite, "a penalty divides by at least 1")
        precondition(window >= 1, "a window holds at least one token")
        self.factor = factor
        self.window = window
    }

    package mutating func advance(_ token: Int) {
        while uses.count <= token { uses.append(0) }
        uses[token] += 1
        if latest.count < window {
            latest.append(token)
        } else {
            uses[latest[place]] -= 1
            latest[place] = token
        }
        place = (place + 1) % window
    }

    package func apply(to candidates: inout Candidates) {
        let drop = log(factor)
        candidates.lower { token in token < uses.count && uses[token] > 0 ? drop : 0 }
    }
}
