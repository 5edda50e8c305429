import ArgumentParser
import Clara
import Library
import Foundation

struct ComposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose",
        abstract: "Compose from nothing, in a manner that you name or in any.",
        discussion: """
            Writes each take as a MIDI file that begins at its first bar. A model that was trained with \
            styles is told of one by --style; an unknown one is answered with those there are. All \
            samplers are those of clara continue.

            The tempo is the model's own where its text tells one and none is given here, else 120.

            Examples:
              clara compose --bars 16
              clara compose --style chopin --meter 3/4 --takes 2 --render
              clara compose --style mozart --tempo 132 --seed 7 -o sonata.mid
            """)

    @Option(
        help: ArgumentHelp("The meter, such as 3/4 (default: 4/4).", valueName: "meter"),
        transform: { try Meter(parsing: $0) })
    var meter = Meter.common

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The tempo in quarter notes a minute.", valueName: "tempo"),
        transform: { try Tempo(parsing: $0) })
    var tempo: Tempo?

    @OptionGroup var options: FreeTakeOptions

    func run() throws {
        let settings = try options.settings()
        let name = options.takes.style.flatMap(Piece.composerWord(of:)) ?? "piece"
        try options.takes.write(settings, named: name) {
            let continuation = try Continuation(
                composingIn: meter, tempo: tempo, by: $0, settings: settings, original: $1)
            return (continuation, ReadingReport())
        }
    }
}
