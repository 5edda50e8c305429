import ArgumentParser

struct FramesBenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frames",
        abstract: "Nats per frame on polyphonic music (JSB chorales, Nottingham, Piano-midi).",
        discussion: """
            The data are those of Boulanger-Lewandowski, Bengio and Vincent 2012, as one JSON file \
            for each collection: {"train": …, "valid": …, "test": …}, each a list of pieces, of \
            frames, of the MIDI pitches that sound. A frame is written as its pitches in ascending \
            order and an end; since nothing but a higher pitch or the end may follow a pitch, the \
            tokens' −ln p sum up to exactly that of the set. Empty frames count. Published: RNN-NADE \
            5.19, 2.31 and 7.05 nats per frame on the three test splits.

            Without a model it prints the anchors: what counting each key for itself gets, 11.061, \
            10.252 and 11.046, and a first-order Markov chain, 10.492, 5.153 and 8.264. With one it \
            tells, too, how much of the figure comes from frames that repeat what the piece had.

            Examples:
              clara benchmark frames --data JSB_Chorales.json
              clara benchmark frames --data JSB_Chorales.json --model frames-jsb
              clara benchmark frames --data Nottingham.json --model frames-nottingham \\
                  --split valid --json
              clara benchmark frames --data JSB_Chorales.json --model frames-jsb --dynamic
              clara benchmark frames --data JSB_Chorales.json --train \\
                  --recipe Recipes/frames-jsb.toml -o mine.safetensors
              clara benchmark frames --data JSB_Chorales.json --train \\
                  --recipe Recipes/frames-jsb.toml --seeds 3 --time 15m -o mine.safetensors
            """)

    @OptionGroup var options: BenchmarkOptions

    func validate() throws { try options.check() }

    func run() throws { try options.run(.frames) }
}
