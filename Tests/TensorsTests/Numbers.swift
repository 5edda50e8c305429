import Tensors
import Testing

extension SeededGenerator {
    /// `count` normal numbers of the given standard deviation.
    mutating func normals(_ count: Int, deviation: Float = 1) -> [Float] {
        (0..<count).map { _ in deviation * normal() }
    }
}

/// The largest of |a − b| / max(1, |b|) over all elements; infinite where one is no number.
func largestError(_ found: some Collection<Float>, _ expected: some Collection<Double>) -> Double {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).reduce(0) { largest, pair in
        let error = abs(Double(pair.0) - pair.1) / max(1, abs(pair.1))
        return error.isFinite ? max(largest, error) : .infinity
    }
}

func largestError(_ found: some Collection<Float>, _ expected: some Collection<Float>) -> Double {
    largestError(found, expected.map { Double($0) })
}
