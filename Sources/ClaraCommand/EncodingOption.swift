import ArgumentParser
import Clara

/// The flag that `clara encode` and `clara decode` share.
enum EncodingOption {
    static let help = ArgumentHelp(
        "How the music is written: notewise-KEYS-STEPS or chordwise-KEYS-STEPS, where KEYS of the "
            + "keyboard have words, 38 (MIDI 45 to 82), 62 (33 to 94) or 88 (21 to 108), and STEPS, 4 "
            + "or 12, make a quarter note; other notes move by octaves. duet- before KEYS tells a "
            + "violin from the piano, held- in chordwise text keeps lengths. barwise-88-12 keeps bars, "
            + "tempo and loudness too (default: \(TextConverter.standard)).", valueName: "name")

    /// - Throws: `ConversionError` where no encoding is called so.
    static func checked(_ name: String) throws -> String {
        _ = try TextConverter(encoding: name)
        return name
    }
}

extension TextConverter.Releases: ExpressibleByArgument {}
