import ArgumentParser

struct LibraryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library",
        abstract:
            "Keep your music as a collection: what there is, by whom, and what is there twice.",
        discussion: """
            A library is one file that says what each piece is and where its MIDI file lies; the music \
            itself stays where it is. It is at ~/.local/share/clara/library.sqlite unless --library \
            names another.

            Examples:
              clara library add ~/Music/midi
              clara library list --composer chopin --key "a minor"
              clara library duplicates
              clara train --composer chopin -o chopin.safetensors
            """,
        subcommands: [
            LibraryAddCommand.self, LibraryListCommand.self, LibraryShowCommand.self,
            LibraryRemoveCommand.self, LibraryDuplicatesCommand.self, LibrarySplitCommand.self,
            LibraryExportCommand.self, LibraryCollectCommand.self,
        ])
}
