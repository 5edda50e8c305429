import ArgumentParser
import Clara

struct AccompanyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accompany",
        abstract: "Write the piano under a melody, or a melody over a piano part.",
        discussion: """
            What you give stays as it is, on whatever instruments; Clara writes the other part of a duet \
            from its first bar to its last. She tries several ways side by side and keeps to those that your \
            next notes fit. The model must be one of duets.

            The file holds your part alone. Several parts of one kind, such as two violins or two hands, are \
            read as one, and named; a file in which both kinds of a duet play, such as a violin and a piano, \
            has the other part already and is refused. Drums are left out.

            All samplers are those of clara continue, but passages may come as often as they do unless \
            --no-repeat is given. Your part tells the length.

            Examples:
              clara accompany melody.mid
              clara accompany chords.mid --as accompaniment --takes 2 --render
              clara accompany head.mid --model jazz
            """)

    @Argument(help: "A MIDI file: the part that is given.")
    var part: String

    @Option(
        name: .customLong("as"), help: "What it is: a melody to accompany, or an accompaniment.")
    var role = DuetRole.melody

    @Flag(help: "Write the new part only.")
    var newOnly = false

    @OptionGroup var options: TakeOptions

    func validate() throws {
        guard options.samplers.repetition.loops != false else {
            throw ValidationError("What you give may go round and round; leave out --no-loops.")
        }
    }

    func run() throws {
        // The length is that of what is given, which may come as often as it does.
        let settings = try options.settings(length: .bars(1), repetition: RepetitionSettings.none)
        try options.write(
            settings, named: part, apartFrom: part, newOnly: newOnly, standardModel: "duet"
        ) {
            let (score, report) = try MIDIFile.read(contentsOf: part, policy: .complete)
            let continuation = try Continuation(
                accompanying: score, as: role, named: part, by: $0, settings: settings, original: $1
            )
            return (continuation, report)
        }
    }
}

extension DuetRole: ExpressibleByArgument {}
