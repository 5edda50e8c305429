import ArgumentParser
import Clara
import Foundation

struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Turn MIDI files into text, in one of Clara's encodings.",
        discussion: """
            In notewise text p20 strikes a key, endp20 releases it and wait3 lets three steps pass. All \
            parts become one, drums are left out, notes move to the grid of steps; tempo, meter, \
            loudness and pedal are not in the text.

            One file is written to standard output or to the file given by -o. Several files, or a \
            folder, go into the folder given by -o, one .txt for each; files in a folder that cannot \
            be used are skipped and named.

            With --report nothing is written: every piece is encoded, decoded and compared with what \
            it was, and a table tells what each --encoding keeps and loses.

            Examples:
              clara encode Examples/waltz-in-a-minor.mid
              clara encode Examples/waltz-in-a-minor.mid \\
                  --encoding notewise-88-12 -o waltz.txt
              clara encode Examples -o texts
              clara encode Examples/tiny --report \\
                  --encoding notewise-62-12 --encoding chordwise-62-12
            """)

    @Argument(help: ArgumentHelp("MIDI files, or folders of them.", valueName: "file.mid"))
    var files: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The text file to write, or the folder.", valueName: "out"))
    var output: String?

    @Option(help: EncodingOption.help, transform: EncodingOption.checked)
    var encoding: [String] = []

    @Flag(help: "Write no text, but tell what each encoding keeps and loses.")
    var report = false

    @Flag(help: "Print the report as one JSON array.")
    var json = false

    func validate() throws {
        if report, output != nil { throw ValidationError("--report writes no texts: leave out -o") }
        if json, !report { throw ValidationError("--json goes with --report") }
        if !report, encoding.count > 1 {
            throw ValidationError("Several encodings go with --report only")
        }
        if output == nil, !report, !isOneFile {
            throw ValidationError(
                "Several files need a folder for their texts: -o <folder>, or --report")
        }
    }

    func run() throws {
        let terminal = Terminal()
        if report { return try survey(terminal) }
        let converter = try TextConverter(encoding: encoding.first ?? TextConverter.standard)
        if let output, !isOneFile || isOutputFolder {
            try convertAll(to: output, by: converter, terminal)
        } else {
            if let output { try OutputFile(output).checkIsOther(than: files[0]) }
            let text = try converter.text(ofFile: files[0])
            if let output {
                try OutputFile(output).write(text.text + "\n")
            } else {
                try terminal.say(text.text)
            }
            tell(of: text, file: files[0], terminal)
        }
    }

    private func convertAll(
        to folder: String, by converter: TextConverter, _ terminal: Terminal
    ) throws {
        let conversion = try FolderConversion(files, to: folder)
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        let time = TimeLeft()
        var written = 0
        var skipped: [Corpus.Skipped.Entry] = []
        try conversion.run(by: converter) { result in
            switch result {
            case .written: written += 1
            case .skipped(let file): skipped.append(file.entry)
            }
            let done = written + skipped.count
            let share = Double(done) / Double(conversion.count)
            progress.show(
                "\(done.grouped) of \(conversion.count.of("file")), \(time.text(share: share))")
        }
        progress.clear()
        try terminal.say("\(written.of("text")) written to \(folder)")
        for line in SkippedFiles(skipped).lines() { try terminal.say(line) }
    }

    private func tell(of text: TextConverter.Text, file: String, _ terminal: Terminal) {
        guard terminal.isWatched else { return }
        terminal.remark("\(file): \(text.notes.of("note")), \(text.tokens.of("token"))")
        for loss in text.losses { terminal.remark("  \(loss)") }
    }

    private func survey(_ terminal: Terminal) throws {
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        let music = try EncodingSurvey.Music(files) {
            progress.show("reading \($0.grouped) of \($1.of("file"))")
        }
        let names = encoding.isEmpty ? [TextConverter.standard] : encoding
        let surveys = try names.map { name in
            let time = TimeLeft()
            return try EncodingSurvey(of: music, encoding: name) { done, all in
                let left = time.text(share: Double(done) / Double(all))
                progress.show("\(name): \(done.grouped) of \(all.of("piece")), \(left)")
            }
        }
        try progress.say(json ? surveys.jsonText() : EncodingSurvey.text(of: surveys))
        for line in SkippedFiles(music.skipped.map(\.entry)).lines() where !json {
            try terminal.say(line)
        }
    }

    private var isOneFile: Bool { files.count == 1 && !Self.isFolder(files[0]) }

    private var isOutputFolder: Bool {
        output.map { $0.hasSuffix("/") || Self.isFolder($0) } ?? false
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
