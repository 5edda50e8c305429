import ArgumentParser
import Clara
import Foundation
import MIDIFile

struct ContinueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "continue")
    @Argument var prompt: String
    @Option(name: .shortAndLong) var output = "out"
    @Option var bars = 8
    @Option var takes = 4
    @Option var model = "piano"
    @Option var seed = 1
    @Flag var newOnly = false
    func run() throws {
        let clock = ContinuousClock(); let s0 = clock.now
        let bundle = try ModelBundle(path: model)
        print("load", s0.duration(to: clock.now))
        let (score, _) = try MIDIFile.read(contentsOf: prompt, policy: .complete)
        let settings = try ContinuationSettings(length: .bars(bars), takes: takes, sampling: ContinuationSettings.standardSampling(), seed: seed)
        let c = try Continuation(of: score, named: prompt, by: bundle, settings: settings)
        print("read", s0.duration(to: clock.now))
        let t = try c.takes(newOnly: newOnly)
        print("gen", s0.duration(to: clock.now))
        let files = TakeFiles(output: output, prompt: prompt, takes: takes)
        try files.write(t)
        print("write", s0.duration(to: clock.now))
        for (f, t) in zip(files.paths, t) { print(f, t.notes, t.tokens, t.tokensPerSecond, t.logProbabilityPerNote) }
    }
}
