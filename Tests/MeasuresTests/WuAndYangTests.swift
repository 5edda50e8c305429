import Foundation
import Measures
import Score
import Testing

/// Entropy and grooving similarity, beside what a pencil gets.
struct WuAndYangTests {
    /// Bar 1: C four times, 0 bits. Bar 2: C, D, E, F once each, 2 bits.
    /// Together: C 5/8, the others 1/8: 5/8 · log₂ 8/5 + 3/8 · 3.
    @Test func entropyIsTheMeanOverWindows() throws {
        let excerpt = try Music.excerpt(
            Music.line([60, 72, 60, 48, 60, 62, 64, 65]), quarters: 8)
        #expect(isClose(excerpt.pitchClassEntropy(ofBars: 1), 1))
        let both = 0.625 * log2(1.6) + 0.375 * 3
        #expect(isClose(excerpt.pitchClassEntropy(ofBars: 2), both))
        #expect(isClose(excerpt.pitchClassEntropy(ofBars: 4), both))
    }

    /// Three bars: 0 bits, nothing, 1 bit.
    @Test func emptyWindowsDoNotCount() throws {
        let excerpt = try Music.excerpt([(60, 0, 1), (60, 8, 1), (61, 9, 1)], quarters: 12)
        #expect(isClose(excerpt.pitchClassEntropy(ofBars: 1), 0.5))
        #expect(try Music.excerpt([], quarters: 12).pitchClassEntropy(ofBars: 1) == nil)
    }

    /// Bars 1 and 2 alike; bar 3 has two onsets of bar 1's four and one elsewhere: 3 of 64 differ.
    /// (1 + 61/64 + 61/64) / 3.
    @Test func groovingComparesAllPairsOfBars() throws {
        let bar = [0.0, 1, 2, 3]
        let onsets = bar + bar.map { $0 + 4 } + [8, 9, 9.5]
        let excerpt = try Music.excerpt(onsets.map { (60, $0, 0.5) }, quarters: 12)
        #expect(isClose(excerpt.groovingSimilarity, (1 + 2 * 61.0 / 64) / 3))
    }

    @Test func groovingNeedsTwoBarsAndNoPitches() throws {
        #expect(try Music.excerpt([(60, 0, 1)], quarters: 4).groovingSimilarity == nil)
        let chords = try Music.excerpt([(60, 0, 1), (64, 0, 2), (50, 4, 3)], quarters: 8)
        #expect(isClose(chords.groovingSimilarity, 1))
    }

    /// Twelve steps a quarter fall on places of their own in 4/4.
    @Test func everyStepOfABarOfFourQuartersHasItsOwnPosition() throws {
        for step in 1..<48 {
            let excerpt = try Music.excerpt(
                [(60, Double(step - 1) / 12, 0.1), (60, 4 + Double(step) / 12, 0.1)], quarters: 8)
            #expect(isClose(excerpt.groovingSimilarity, 1 - 2.0 / 64))
        }
    }
}
