import ArgumentParser
import Clara

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Turn text in one of Clara's encodings into a MIDI file.",
        discussion: """
            Give the encoding that the text is in. What it does not tell is assumed: one piano part \
            in 4/4.

            A note lasts until its release, or for 12 steps where the text has none. With \
            --release-rule clara the release is looked for in the next 200 tokens only, as Clara's \
            own program did; that shortens notes that are held longer.

            Examples:
              clara decode waltz.txt -o waltz.mid --encoding notewise-88-12 --tempo 150
              echo "p20 wait12 p24 wait12 endp20 endp24" | clara decode - -o chord.mid
            """)

    @Argument(help: ArgumentHelp("The text, or - for standard input.", valueName: "file.txt"))
    var file: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The MIDI file to write.", valueName: "file.mid"))
    var output: String

    @Option(help: EncodingOption.help, transform: EncodingOption.checked)
    var encoding = TextConverter.standard

    @Option(
        help: ArgumentHelp(
            "Quarter notes a minute where the text does not tell (default: 120).",
            valueName: "tempo"),
        transform: { try Tempo(parsing: $0) })
    var tempo: Tempo?

    @Option(help: ArgumentHelp("How long notes last.", valueName: "rule"))
    var releaseRule = TextConverter.Releases.unlimited

    @Flag(help: "Tell what the text lacked on standard error, also when that is not a terminal.")
    var report = false

    func run() throws {
        try OutputFile(output).check(allowingDevice: true)
        if file != "-" { try OutputFile(output).checkIsOther(than: file) }
        try OutputFile(output).checkName(isOf: .midi)
        let music = try TextConverter(encoding: encoding).music(
            ofFile: file, tempo: tempo ?? .standard, releases: releaseRule)
        try music.write(to: output)
        let terminal = Terminal()
        guard report || terminal.isWatched else { return }
        let seconds = TimeLeft.text(seconds: music.score.seconds)
        terminal.remark("\(output): \(music.score.noteCount.of("note")), \(seconds)")
        for repair in music.repairs { terminal.remark("  \(repair)") }
    }
}
