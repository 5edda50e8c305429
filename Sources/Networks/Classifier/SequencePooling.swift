/// How the features of all places of a sequence become one vector.
package enum SequencePooling: String, Hashable, Sendable, Codable, CaseIterable {
    /// Those of the last place.
    case last
    /// Each unit's largest value.
    case max
    /// Each unit's mean.
    case mean
    /// Last, largest and mean, one behind the other (concat pooling; Howard & Ruder 2018).
    case concatenated

    /// The simple poolings it is made of, in the order of their units.
    var parts: [SequencePooling] {
        self == .concatenated ? [.last, .max, .mean] : [self]
    }
}
