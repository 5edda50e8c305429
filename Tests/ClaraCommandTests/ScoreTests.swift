import Foundation
import Testing

/// `clara score`.
struct ScoreTests {
    private struct Outline: Decodable {
        struct Score: Decodable {
            struct Part: Decodable {
                let name: String
                let staves: Int
            }

            let title: String
            let key: String
            let notes: Int
            let movedOnsets: Int
            let parts: [Part]
        }

        let score: Score
        let written: [String]
    }

    @Test func aPianoPieceBecomesTwoStaves() throws {
        let folder = ScratchFolder()
        let run = try ClaraProgram.run(
            ["score", Repository.waltz, "-o", "w.musicxml", "--quantised", "q.mid", "--json"],
            in: folder
        ).succeeded()
        let outline = try JSONDecoder().decode(Outline.self, from: Data(run.output.utf8))
        #expect(outline.score.title == "Waltz in a minor")
        #expect(outline.score.key == "A minor")
        #expect(outline.score.notes == 78 && outline.score.movedOnsets == 0)
        #expect(outline.score.parts.map(\.staves) == [2])
        #expect(outline.written == ["w.musicxml", "q.mid"])
        let text = try String(contentsOf: folder.url("w.musicxml"), encoding: .utf8)
        #expect(text.contains("<score-partwise version=\"4.0\">"))
    }
}
