import Clara
import Foundation
import MIDIFile
import Testing

/// The README's example of Clara in a program of one's own.
@Test func libraryContinuesAPromptWithoutTheProgram() throws {
    let folder = ScratchFolder()
    let model = try ModelBundle(path: Repository.model)
    let prompt = try MIDIFile.read(contentsOf: Repository.waltz).score
    let settings = try ContinuationSettings(
        length: .bars(2), takes: 2, sampling: ContinuationSettings.standardSampling(), seed: 1)
    let continuation = try Continuation(
        of: prompt, named: "my waltz", by: model, settings: settings)
    for take in try continuation.takes() {
        let path = folder.path("take-\(take.origin.name).mid")
        try MIDIFile.write(take.score, endingAt: take.end, to: path)
    }
    #expect(folder.listing() == ["take-1.mid", "take-2.mid"])
}
