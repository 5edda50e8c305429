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

            Examples:
              clara encode Examples/waltz-in-a-minor.mid
              clara encode Examples/waltz-in-a-minor.mid --encoding notewise-88-12 -o waltz.txt
              clara encode Examples -o texts --report
            """)

    @Argument(help: ArgumentHelp("MIDI files, or folders of them.", valueName: "file.mid"))
    var files: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The text file to write, or the folder.", valueName: "out"))
    var output: String?

    @OptionGroup var encoding: EncodingOption

    @Flag(help: "Tell what was lost on standard error, also when that is not a terminal.")
    var report = false

    func validate() throws {
        if output == nil, !isOneFile {
            throw ValidationError("Several files need a folder for their texts: -o <folder>")
        }
    }

    func run() throws {
        let terminal = Terminal()
        if let output, !isOneFile || isOutputFolder {
            try convertAll(to: output, terminal)
        } else {
            let text = try encoding.converter.text(ofFile: files[0])
            if let output {
                try OutputFile(output).write(text.text + "\n")
            } else {
                try terminal.say(text.text)
            }
            tell(of: text, file: files[0], terminal)
        }
    }

    private func convertAll(to folder: String, _ terminal: Terminal) throws {
        let conversion = try FolderConversion(files, to: folder)
        let progress = ProgressLine(on: terminal)
        defer { progress.clear() }
        let time = TimeLeft()
        var written = 0
        var skipped: [Corpus.Skipped.Entry] = []
        try conversion.run(by: encoding.converter) { result in
            switch result {
            case .written(let text, let file, _):
                written += 1
                if report {
                    progress.clear()
                    tell(of: text, file: file, terminal)
                }
            case .skipped(let file): skipped.append(file.entry)
            }
            let done = written + skipped.count
            let share = Double(done) / Double(conversion.count)
            progress.show(
                "\(done.grouped) of \(conversion.count.of("file")), \(time.text(share: share))")
        }
        progress.clear()
        try terminal.say("\(written.of("text")) written to \(folder)")
        for line in SkippedFiles(skipped).lines(atMost: 10) { try terminal.say(line) }
    }

    private func tell(of text: TextConverter.Text, file: String, _ terminal: Terminal) {
        guard report || terminal.isWatched else { return }
        terminal.remark("\(file): \(text.notes.of("note")), \(text.tokens.of("token"))")
        for loss in text.losses { terminal.remark("  \(loss)") }
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
