import Clara
import Foundation
import TestSupport
import Testing

struct EngraverTests {
    @Test func withoutAnEngraverTheErrorNamesThePackage() throws {
        let error = #expect(throws: EngravingError.self) {
            try Engraver(for: .pdf, environment: ["PATH": "/nowhere"])
        }
        #expect(error == .noEngraver(format: "PDF"))
        #expect(error?.description.contains("apt-get install musescore3") == true)
    }

    @Test func anEngraverIsFoundOnThePathAndItsPagesAreKept() throws {
        let folder = try TemporaryFolder()
        let program = folder.file("mscore")
        // Two pages, as MuseScore names them: mscore -o FOLDER/page.svg score.musicxml
        let script = """
            #!/bin/sh
            stem="${2%.svg}"
            grep -q score "$3" && echo one > "$stem-1.svg" && echo two > "$stem-2.svg"
            """
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let engraver = try Engraver(for: .svg, environment: ["PATH": "/nowhere:\(folder.path)"])
        let written = try engraver.engrave(
            "<score-partwise/>", as: .svg, to: folder.file("out.svg"))
        #expect(written == [folder.file("out.svg"), folder.file("out-2.svg")])
        #expect(try String(contentsOfFile: written[1], encoding: .utf8) == "two\n")
        #expect(throws: EngravingError.self) {
            try engraver.engrave("<nothing/>", as: .svg, to: folder.file("none.svg"))
        }
    }
}
