import ArgumentParser
import Clara

/// The flags that `clara encode` and `clara decode` share.
struct NotewiseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keys of the keyboard that the text has words for: 62 (MIDI 33 to 94), 88 (21 to 108) or "
                + "38 (45 to 82). Other notes move by octaves.", valueName: "keys"))
    var range = NotewiseConverter.Keys.keys62

    @Option(
        help: ArgumentHelp(
            "Steps in a quarter note: with 12, triplets and sixteenths are exact; 4 is coarser.",
            valueName: "steps"))
    var steps = NotewiseConverter.Steps.twelve

    var converter: NotewiseConverter { NotewiseConverter(keys: range, steps: steps) }
}

extension NotewiseConverter.Keys: ExpressibleByArgument {}
extension NotewiseConverter.Steps: ExpressibleByArgument {}
extension NotewiseConverter.Releases: ExpressibleByArgument {}
