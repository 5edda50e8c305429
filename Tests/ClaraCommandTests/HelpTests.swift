import Testing

/// What every command says of itself.
struct HelpTests {
    /// The commands below one, by the names that follow “clara”.
    private static func commands(below path: [String]) throws -> [[String]] {
        let text = try help(path)
        guard let heading = text.range(of: "SUBCOMMANDS:\n") else { return [path] }
        let names = text[heading.upperBound...]
            .split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        return try names.flatMap { try commands(below: path + [$0]) }
    }

    private static func help(_ path: [String]) throws -> String {
        try ClaraProgram.run(["help"] + path, in: ScratchFolder()).succeeded().output
    }

    /// Examples are copied: a line that is wrapped would be two commands.
    @Test func examplesFitTheirLines() throws {
        let commands = try Self.commands(below: [])
        #expect(commands.count > 25)
        for command in commands {
            let text = try Self.help(command)
            guard let begin = text.range(of: "Examples:\n"), let end = text.range(of: "\nUSAGE")
            else {
                Issue.record("\(command) gives no examples")
                continue
            }
            for line in text[begin.upperBound..<end.lowerBound].split(separator: "\n") {
                #expect(line.hasPrefix("  ") && line.count <= 80, "\(command): \(line)")
            }
        }
    }

    /// What is given tells the length, and a search would not look ahead to it.
    @Test func accompanyOffersNeitherLengthNorSearch() throws {
        let flags = ["--bars", "--seconds", "--beams", "--length-penalty"]
        let texts = try (Self.help(["continue"]), Self.help(["accompany"]))
        for flag in flags {
            #expect(texts.0.contains("  \(flag) ") && !texts.1.contains("  \(flag) "), "\(flag)")
        }
    }
}
