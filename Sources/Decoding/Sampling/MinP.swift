import Foundation

/// Leaves the tokens that are at least a given fraction as likely as the likeliest.
///
/// Nguyen, Baker, Neo, Roush, Kirsch and Shwartz-Ziv, "Turning Up the Heat: Min-p Sampling for
/// Creative and Coherent LLM Outputs" (2024). With 0 it changes nothing; with 1 the likeliest remain.
package struct MinP: LogitsTransform, Hashable {
    package let fraction: Float

    /// - Parameter fraction: 0…1.
    package init(_ fraction: Float) {
        precondition((0...1).contains(fraction), "min-p is a fraction from 0 to 1")
        self.fraction = fraction
    }

    package func apply(to candidates: inout Candidates) {
        if fraction > 0 { candidates.keep(logitAtLeast: log(fraction)) }
    }
}
