import ArgumentParser

struct ChoralesBenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chorales",
        abstract: "Nats per token on Bach's chorales, four voices in sixteenths.",
        discussion: """
            The data are Jsb16thSeparated.json of the JSB-Chorales-dataset: {"train": …, "valid": …, \
            "test": …}, each a list of pieces, of sixteenths, of the MIDI pitches of soprano, alto, \
            tenor and bass; what is below 36 is a rest. Every token counts, the first included, in \
            the order soprano, alto, tenor, bass. Recalled, not checked: 0.335 nats per token on the validation \
            split (Music Transformer, Huang et al. 2018).

            Without a model it prints the anchors on the split: what counting each voice for itself \
            gets, 2.611 on valid and 2.639 on test, and given the voice's value before, 0.935 and \
            0.983.

            Examples:
              clara benchmark chorales --data Jsb16thSeparated.json --split valid
              clara benchmark chorales --data Jsb16thSeparated.json --split valid \\
                  --model chorales
              clara benchmark chorales --data Jsb16thSeparated.json --split valid \\
                  --model chorales --all-keys
              clara benchmark chorales --data Jsb16thSeparated.json --train \\
                  --recipe Recipes/chorales.toml -o mine.safetensors
              clara benchmark chorales --data Jsb16thSeparated.json --train --seeds 3 \\
                  --recipe Recipes/chorales.toml --time 15m \\
                  --recipe Recipes/chorales-second.toml --time 22m -o mine.safetensors
            """)

    @OptionGroup var options: BenchmarkOptions

    func validate() throws { try options.check() }

    func run() throws { try options.run(.chorales) }
}
