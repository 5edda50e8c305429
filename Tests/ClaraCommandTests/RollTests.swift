import Foundation
import Testing

/// `clara roll`.
struct RollTests {
    @Test func aPieceIsDrawnBesideIt() throws {
        let folder = ScratchFolder()
        let waltz = try Data(contentsOf: URL(fileURLWithPath: Repository.waltz))
        try folder.write(waltz, as: "waltz.mid")
        let run = try ClaraProgram.run(["roll", "waltz.mid"], in: folder).succeeded()
        #expect(run.output == "waltz.svg: 78 notes in 1 line\n")
        let svg = try String(contentsOf: folder.url("waltz.svg"), encoding: .utf8)
        #expect(svg.contains("<title id=\"title\">waltz</title>") && !svg.contains("id=\"seam\""))
    }

    @Test func aTakeShowsWhereClaraWentOn() throws {
        let folder = ScratchFolder()
        let file = try ContinueRun(["--bars", "2", "--takes", "1"], in: folder).report.takes[0].file
        let run = try ClaraProgram.run(["roll", file, "-o", "take.svg", "--json"], in: folder)
        let result = try jsonObject(run.succeeded().output)
        #expect(result["seam"] as? Int == 8 * 3 * 480)
        let svg = try String(contentsOf: folder.url("take.svg"), encoding: .utf8)
        #expect(svg.contains("id=\"seam\""))
    }

    @Test func whatCannotBeDrawnIsToldClearly() throws {
        let folder = ScratchFolder()
        try ClaraProgram.run(["roll", "gone.mid"], in: folder)
            .failedClearly(mentioning: ["gone.mid"])
        try ClaraProgram.run(["roll", Repository.waltz, "-o", "no/x.svg"], in: folder)
            .failedClearly(mentioning: ["no/x.svg", "no folder"])
        #expect(folder.listing().isEmpty)
    }

    @Test(arguments: [
        (["roll", Repository.waltz, "-o", "r.png"], "r.png", ".svg"),
        (["score", Repository.waltz, "-o", "s.txt"], "s.txt", ".musicxml or .xml"),
        (["score", Repository.waltz, "--pdf", "s.svg"], "s.svg", ".pdf"),
        (["score", Repository.waltz, "--svg", "s"], "s", ".svg"),
        (["score", Repository.waltz, "--quantised", "q.wav"], "q.wav", ".mid or .midi"),
        (["decode", Repository.waltz, "-o", "d.txt"], "d.txt", ".mid or .midi"),
    ])
    func noFileIsCalledWhatItIsNot(arguments: [String], file: String, ending: String) throws {
        let folder = ScratchFolder()
        try ClaraProgram.run(arguments, in: folder)
            .failedClearly(mentioning: ["\(file): ", "let the name end in \(ending)"])
        #expect(folder.listing().isEmpty)
    }

    @Test(arguments: [
        ["roll", Repository.waltz, "-o", "no/r.svg"],
        ["render", Repository.waltz, "-o", "no/r.wav"],
        ["score", Repository.waltz, "-o", "no/s.musicxml"],
        ["score", Repository.waltz, "--pdf", "no/s.pdf"],
        ["encode", Repository.waltz, "-o", "no/e.txt"],
        ["decode", Repository.waltz, "-o", "no/d.mid"],
    ])
    func noFolderIsMadeUnasked(arguments: [String]) throws {
        let folder = ScratchFolder()
        try ClaraProgram.run(arguments, in: folder)
            .failedClearly(mentioning: ["there is no folder no; make it"])
        #expect(folder.listing().isEmpty)
    }

    @Test(arguments: [
        ["roll", "waltz.mid", "-o", "./waltz.mid"], ["score", "waltz.mid", "-o", "waltz.mid"],
        ["score", "waltz.mid", "--quantised", "link.mid"],
        ["encode", "waltz.mid", "-o", "waltz.mid"],
        ["decode", "waltz.mid", "-o", "waltz.mid"],
        ["continue", "waltz.mid", "--takes", "1", "-o", "waltz.mid"],
    ])
    func whatIsReadIsNotReplaced(arguments: [String]) throws {
        let folder = ScratchFolder()
        let waltz = try Data(contentsOf: URL(fileURLWithPath: Repository.waltz))
        try folder.write(waltz, as: "waltz.mid")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.mid"), withDestinationPath: "waltz.mid")
        try ClaraProgram.run(arguments, in: folder).failedClearly(mentioning: ["would be lost"])
        #expect(try Data(contentsOf: folder.url("waltz.mid")) == waltz)
    }
}
