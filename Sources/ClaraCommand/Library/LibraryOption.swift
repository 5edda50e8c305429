import ArgumentParser
import Foundation
import Library

/// Which library is meant.
struct LibraryOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The library's file (default: ~/.local/share/clara/library.sqlite).", valueName: "file"
        ))
    var library: String?

    private var path: String {
        library
            ?? PieceLibrary.standardPath(environment: ProcessInfo.processInfo.environment)
    }

    /// - Parameter making: whether it is made where it is not there.
    func open(making: Bool = false) throws(LibraryError) -> PieceLibrary {
        try PieceLibrary(path: path, making: making)
    }
}

extension PieceLibrary {
    /// The pieces that are asked for, where it takes some to go on.
    func somePieces(_ query: PieceQuery) throws -> [Piece] {
        let pieces = try pieces(query)
        guard !pieces.isEmpty else {
            throw Failure("\(path): no piece there is as asked for; ask for less")
        }
        return pieces
    }
}
