import Foundation
import Testing

/// `clara studio`, which lets another program take its place.
@Suite struct StudioCommandTests {
    private func run(
        _ arguments: [String], studio: String, in folder: ScratchFolder
    ) throws -> ClaraProgram.Outcome {
        try ClaraProgram.run(
            ["CLARA_STUDIO=\(studio)", ClaraProgram.executable().path, "studio"] + arguments,
            in: folder, by: URL(fileURLWithPath: "/usr/bin/env"))
    }

    @Test func theStudiosProgramGetsTheArgumentsAndGivesTheStatus() throws {
        let folder = ScratchFolder()
        let program = try folder.write(
            Data("#!/bin/sh\necho \"told: $*\"\nexit 7\n".utf8), as: "studio")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let outcome = try run(["--port", "9", "--open"], studio: program, in: folder)
        #expect(outcome.exited && outcome.status == 7)
        #expect(outcome.output == "told: --port 9 --open\n")
    }

    @Test func aProgramThatIsNotThereIsNamed() throws {
        let folder = ScratchFolder()
        try run([], studio: "/nowhere/studio", in: folder)
            .failedClearly(mentioning: ["/nowhere/studio", "CLARA_STUDIO"])
    }
}
