/// A step of sampling that reweighs or removes candidates.
///
/// A transform leaves at least the best candidate.
package protocol LogitsTransform: Sendable {
    func apply(to candidates: inout Candidates)
}
