/// Divides the logits: below 1 the likely tokens become likelier, above 1 all come closer.
///
/// Ackley, Hinton and Sejnowski, "A Learning Algorithm for Boltzmann Machines" (1985).
package struct Temperature: LogitsTransform, Hashable {
    package let value: Float

    /// - Parameter value: above 0.
    package init(_ value: Float) {
        precondition(value > 0 && value.isFinite, "a temperature is a number above 0")
        self.value = value
    }

    package func apply(to candidates: inout Candidates) {
        if value != 1 { candidates.scaleLogits(by: 1 / value) }
    }
}
