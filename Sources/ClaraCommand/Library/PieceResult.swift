import Foundation
import Library

/// A piece as JSON results have it.
struct PieceResult: Encodable {
    let id: Int64?
    let path: String
    let composer: String?
    let performer: String?
    let title: String
    let style: String?
    let year: Int?
    let source: String?
    let licence: String?
    let instruments: String
    let parts: String?
    let key: String?
    let meter: String
    let seconds: Double
    let bars: Int
    let notes: Int
    let bytes: Int64
    let fileHash: String
    let content: String
    let repairs: [String]
    let added: String

    init(_ piece: Piece) {
        id = piece.id
        path = piece.path
        composer = piece.composer
        performer = piece.performer
        title = piece.title
        style = piece.style
        year = piece.year
        source = piece.source
        licence = piece.licence
        instruments = piece.instruments
        parts = piece.parts
        key = piece.key
        meter = piece.meter
        seconds = piece.seconds
        bars = piece.bars
        notes = piece.notes
        bytes = piece.size
        fileHash = piece.fileHash
        content = piece.content
        repairs = piece.repairs.split(separator: "\n").map(String.init)
        added = piece.added.ISO8601Format()
    }
}

extension [Piece] {
    /// For people, with a line of totals.
    var table: String {
        guard !isEmpty else { return "no pieces" }
        var table = TextTable([
            ("no.", .right), ("composer", .left), ("title", .left), ("key", .left),
            ("meter", .left), ("length", .right), ("notes", .right),
        ])
        for piece in self {
            table.add([
                piece.id.map(String.init) ?? "",
                (piece.composer ?? piece.performer ?? "").onOneLine.shortened(to: 28),
                piece.title.onOneLine.shortened(to: 48), piece.key ?? "", piece.meter,
                TimeLeft.text(seconds: piece.seconds), piece.notes.grouped,
            ])
        }
        let seconds = reduce(0) { $0 + $1.seconds }
        let notes = reduce(0) { $0 + $1.notes }
        return "\(table)\n\n\(count.of("piece")), \(notes.of("note")), "
            + TimeLeft.text(seconds: seconds)
    }
}

extension String {
    /// Cut, with a sign that it is, where it is longer.
    fileprivate func shortened(to length: Int) -> String {
        count > length ? prefix(length - 1) + "…" : self
    }
}
