/// Which accidentals are printed in the bars of one staff.
package struct Accidentals {
    package enum Mark: Hashable { case needed, courtesy }

    private struct Line: Hashable {
        let step: Int
        let octave: Int
    }

    private var sharps: Int
    /// What was altered in this bar.
    private var present: [Line: Int] = [:]
    /// What was altered in the bar before and has not come again.
    private var former: [Line: Int] = [:]

    init(sharps: Int) { self.sharps = sharps }

    /// Begins a bar in a key of so many sharps.
    mutating func beginBar(sharps: Int) {
        former = present.filter { line, alter in
            alter != SpelledPitch.alter(ofStep: line.step, sharps: sharps)
        }
        present = [:]
        self.sharps = sharps
    }

    /// What is printed before a note; nil where nothing is. Notes come in order of time.
    ///
    /// - Parameter isTied: whether a tie leads to the note, which then needs none.
    mutating func mark(for pitch: SpelledPitch, isTied: Bool) -> Mark? {
        if isTied { return nil }
        let line = Line(step: pitch.step, octave: pitch.octave)
        let valid = present[line] ?? SpelledPitch.alter(ofStep: pitch.step, sharps: sharps)
        let before = former.removeValue(forKey: line)
        if valid != pitch.alter {
            present[line] = pitch.alter
            return .needed
        }
        return present[line] == nil && before.map { $0 != pitch.alter } == true ? .courtesy : nil
    }
}
