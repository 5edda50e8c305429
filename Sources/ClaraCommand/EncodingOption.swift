import ArgumentParser
import Clara

/// The flag that `clara encode` and `clara decode` share.
struct EncodingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the music is written: notewise-KEYS-STEPS, where KEYS of the keyboard have words, 38 "
                + "(MIDI 45 to 82), 62 (33 to 94) or 88 (21 to 108), and STEPS, 4 or 12, make a "
                + "quarter note; other notes move by octaves.", valueName: "name"),
        transform: { try TextConverter(encoding: $0) })
    var encoding: TextConverter?

    /// By the encoding that was named, or the usual one.
    var converter: TextConverter {
        get throws { try encoding ?? TextConverter() }
    }
}

extension TextConverter.Releases: ExpressibleByArgument {}
