import Foundation

/// Levels as factors and as decibels.
enum Decibels {
    /// 1 for 0 dB.
    static func factor(_ decibels: Double) -> Double { pow(10, decibels / 20) }

    /// −∞ for 0.
    static func decibels(_ factor: Double) -> Double { 20 * log10(factor) }
}
