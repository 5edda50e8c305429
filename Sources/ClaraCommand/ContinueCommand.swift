import ArgumentParser
import Clara
import Foundation

struct ContinueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "continue",
        abstract: "Continue a piece: give its first bars, get several ways to go on.",
        discussion: """
            Writes each take as a MIDI file: the prompt and what Clara makes of it, in the prompt's \
            tempo, meter and instruments, ending on a bar line. Drums are left out. Where the \
            prompt ends within a bar, the rest of that bar comes before the bars asked for.

            The samplers work together, in this order: the grammar (no release of a note that is \
            not sounding, no more notes at once than hands hold), repetition penalty, no-repeat, \
            temperature, top-k, top-p, min-p, choice frequency. By standard the temperature is \
            \(ContinuationSettings.standardTemperature) and min-p \(ContinuationSettings.standardMinP). The 2018 Clara's own way is --top-k with \
            --choice-frequency: with that frequency choose among the k best, else take the best.

            A take's seed, in its file, its name and the table, makes it again: --seed N --takes 1.

            --beams N searches instead, without randomness and so without seeds: of the --expand \
            likeliest next tokens of each of N beginnings it keeps the N best, to the end. The same \
            search gives the same takes. Beginnings of one search differ little, often in the last \
            notes only: for takes that differ, give as many --beam-groups. The takes are the best \
            of each group, then the next best ones.

            Examples:
              clara continue Examples/waltz-in-a-minor.mid
              clara continue idea.mid --bars 16 --takes 8 --temperature 1.2 -o ideas
              clara continue idea.mid --top-k 5 --choice-frequency 0.8 --new-only
              clara continue idea.mid --beams 12 --beam-groups 4
              clara continue idea.mid --seconds 20 --seed 7 --json
              clara continue idea.mid --original
              clara continue idea.mid --render --roll
            """)

    @Argument(help: "A MIDI file: the beginning of a piece.")
    var prompt: String

    @Flag(help: "Write the new part only, not the prompt.")
    var newOnly = false

    @OptionGroup var options: FreeTakeOptions

    func run() throws {
        let settings = try options.settings()
        try options.takes.write(settings, named: prompt, apartFrom: prompt, newOnly: newOnly) {
            let (score, report) = try MIDIFile.read(contentsOf: prompt, policy: .complete)
            let continuation = try Continuation(
                of: score, named: prompt, by: $0, settings: settings, original: $1)
            return (continuation, report)
        }
    }
}
