import ArgumentParser
import Clara

/// What else is made of each take.
struct CompanionOptions: ParsableArguments {
    @Flag(help: "Play each take into a sound file beside it, as clara render does.")
    var render = false

    @Option(help: "Which kind of sound file, instead of flac: wav or ogg. Does --render as well.")
    var renderAs: SoundFormat.Container?

    @OptionGroup var soundFont: SoundFontOption

    @Flag(help: "Draw each take as a piano roll beside it, as clara roll does.")
    var roll = false

    /// Throws `SoundError` where there is no SoundFont to play with.
    func companions() throws -> TakeCompanions {
        guard let container = renderAs ?? (render ? .flac : nil) else {
            return TakeCompanions(sound: nil, hasRoll: roll)
        }
        let renderer = SoundRenderer(soundFont: try soundFont.soundFont())
        return TakeCompanions(
            sound: (renderer, try SoundFormat(container)), hasRoll: roll)
    }

    func validate() throws {
        guard soundFont.path != nil, !render, renderAs == nil else { return }
        throw ValidationError("--soundfont belongs to sound; give --render as well.")
    }
}

extension SoundFormat.Container: ExpressibleByArgument {}
