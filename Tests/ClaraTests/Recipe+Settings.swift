import Clara
import Encodings
import Training

extension Recipe {
    /// The settings where the encoding has words of its own.
    var settings: TrainingSettings {
        get throws { try settings(for: encoding.encoding(for: [])) }
    }
}
