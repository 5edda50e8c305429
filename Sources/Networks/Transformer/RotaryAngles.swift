import Foundation
import Tensors

/// The angles by which rotary positions turn the pairs (k, k + d/2) of a head's queries and keys
/// (Su et al. 2021): place p turns pair k by p · base^(−2k/d).
///
/// Only differences of places matter, so places may be counted from anywhere. Angles are computed in
/// double precision: cosines and sines are right to a float's last place however large p is.
package struct RotaryAngles: Sendable {
    /// Radians per place of each pair, (d/2).
    package let rates: [Double]

    /// - Parameter head: d, even.
    package init(head: Int, base: Double = TransformerConfiguration.rotaryBase) {
        precondition(head > 0 && head % 2 == 0, "a head is made of pairs")
        rates = (0..<head / 2).map { pow(base, -2 * Double($0) / Double(head)) }
    }

    /// Writes the cosines and sines of `place`, (d/2) each.
    package func write(
        place: Int, cosines: UnsafeMutablePointer<Float>, sines: UnsafeMutablePointer<Float>
    ) {
        for (pair, rate) in rates.enumerated() {
            let angle = Double(place) * rate
            cosines[pair] = Float(cos(angle))
            sines[pair] = Float(sin(angle))
        }
    }

    /// The cosines and sines of places 0 ..< count, (count, d/2) each.
    package func tables(count: Int) -> (cosines: FloatBuffer, sines: FloatBuffer) {
        let cosines = FloatBuffer(zeros: count * rates.count)
        let sines = FloatBuffer(zeros: count * rates.count)
        for place in 0..<count {
            let offset = place * rates.count
            write(place: place, cosines: cosines.base + offset, sines: sines.base + offset)
        }
        return (cosines, sines)
    }
}
