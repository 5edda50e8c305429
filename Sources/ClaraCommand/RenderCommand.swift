import ArgumentParser
import Clara
import Foundation

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Play a piece into a sound file.",
        discussion: """
            FluidSynth plays the piece with a SoundFont, the recorded instruments that are installed \
            (on Debian: apt install timgm6mb-soundfont, or fluid-soundfont-gm for a larger one; a \
            better piano sounds better). The file ends where the last note has faded. It is as loud as \
            streaming services want it, \(Int(Levels.loudness)) LUFS; where that would carry a peak \
            past \(Int(Levels.truePeak)) dBTP, the peak is lowered, by \(Int(Levels.peakReduction)) dB \
            at most, and a piece that needs more stays less loud.

            The same piece and SoundFont give the same samples.

            Examples:
              clara render Examples/waltz-in-a-minor.mid
              clara render sonata.mid -o sonata.flac --bits 24
              clara render sonata.mid -o sonata.ogg --soundfont grand.sf2 --json
            """)

    @Argument(help: ArgumentHelp("A MIDI file.", valueName: "piece.mid"))
    var piece: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The sound file: .wav, .flac or .ogg (default: beside the piece, as .wav).",
            valueName: "file"))
    var output: String?

    @Option(help: "Bits a sample, 16 or 24, of .wav and .flac (default: 16).")
    var bits: SoundFormat.Depth?

    @OptionGroup var soundFont: SoundFontOption

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        let output = OutputFile(output ?? OutputFile.path(of: piece, endingIn: "wav"))
        let format = try SoundFormat(ofFile: output.path, depth: bits)
        try output.check()
        let renderer = SoundRenderer(soundFont: try soundFont.soundFont())
        let (performance, report) = try Performance.read(contentsOf: piece)
        let progress = ProgressLine(on: Terminal())
        defer { progress.clear() }
        let stop = StopRequest { progress.showNow("stopping") }
        stop.postpone()
        let time = TimeLeft()
        let sound: RenderedSound
        do {
            sound = try renderer.render(
                performance, to: output.path, format: format,
                shouldStop: { stop.signal != nil },
                progress: { progress.show("playing \(piece): \(time.text(share: $0))") })
        } catch {
            guard stop.signal != nil else { throw error }
            progress.clear()
            throw stop.farewell("\(error)")
        }
        let result = RenderResult(
            sound, soundFont: renderer.soundFont, repairs: report.repairs.map(\.description))
        try progress.say(json ? result.jsonText() : result.summary)
    }
}

private typealias Levels = SoundRenderer.Levels

extension SoundFormat.Depth: ExpressibleByArgument {}
