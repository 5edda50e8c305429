import ArgumentParser
import Clara

struct RollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll",
        abstract: "Draw a piece as a piano roll.",
        discussion: """
            Writes an SVG picture that every browser shows: a rectangle for each note, higher where it \
            is higher, darker where it is louder, a colour for each part, bars and beats, the pedal \
            below. In a take that clara continue wrote, the place where Clara went on is marked. Lines \
            in which nothing is struck are left out.

            Examples:
              clara roll Examples/waltz-in-a-minor.mid -o waltz.svg
              clara roll out/waltz-in-a-minor-414333.mid
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "piece.mid"))
    var piece: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The picture to write (default: beside the piece, as .svg).", valueName: "roll.svg"))
    var output: String?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let output = output ?? OutputFile.path(of: piece, endingIn: "svg")
        try OutputFile(output).check(isOf: .svg, otherThan: piece)
        let score = try MIDIFile.read(contentsOf: piece).score
        let drawing = try RollDrawer.draw(score, named: piece, to: output)
        try Terminal().say(json ? drawing.jsonText() : drawing.summary)
    }
}

extension RollDrawer.Drawing {
    /// For people.
    fileprivate var summary: String {
        "\(file): \(notes.of("note")) in \(systems.of("line"))"
            + (seam == nil ? "" : ", with the place where Clara went on")
    }
}
