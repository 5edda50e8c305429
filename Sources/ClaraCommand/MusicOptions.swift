import ArgumentParser
import Clara
import Library

/// Which music a command works on: folders, or pieces of a library.
struct MusicOptions: ParsableArguments {
    @OptionGroup var choice: MusicChoice

    func validate() throws {
        guard choice.isGiven else {
            throw ValidationError(
                "Missing expected argument '--data <dir> ...', or what of a library, as "
                    + "'--composer <name>'")
        }
    }

    func source() throws -> MusicSource { try choice.source() }
}

/// Likewise, where a command can do without.
struct MusicChoice: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Folders of MIDI files, searched to the bottom; or ask for pieces of a library.",
            valueName: "dir"))
    var data: [String] = []

    @OptionGroup var library: LibraryOption
    @OptionGroup(title: "Query") var query: QueryOptions

    /// Whether pieces of a library are meant, the one in the usual place if none is named.
    private var usesLibrary: Bool { library.library != nil || !query.isEmpty }

    /// Whether any music is asked for.
    var isGiven: Bool { !data.isEmpty || usesLibrary }

    func validate() throws {
        if !data.isEmpty, library.library == nil, !query.isEmpty {
            throw ValidationError(
                "Folders have no composers or titles: add them to a library, or leave out --data. "
                    + "For both, name the library by --library.")
        }
    }

    func source() throws -> MusicSource {
        guard usesLibrary else { return MusicSource(data) }
        let library = try library.open()
        let pieces = try library.somePieces(query.query)
        return MusicSource(pieces: pieces, of: library, query: query.text, folders: data)
    }
}
