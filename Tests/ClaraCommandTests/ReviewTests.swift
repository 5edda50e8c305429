import Foundation
import Testing

/// `clara review`: faults of takes, beside the composers'.
struct ReviewTests {
    private static let examples = [
        "review", "--model", "piano", "--data", Repository.path("Examples/tiny"), "--split", "all",
        "--prompt-bars", "4", "--bars", "4",
    ]

    @Test func everyTakeIsReviewedBesideItsComposer() throws {
        let run = try ClaraProgram.run(
            Self.examples + ["--takes", "12", "--json"], in: ScratchFolder()
        ).succeeded()
        let report = try jsonObject(run.output)
        for side in ["takes", "human"] {
            let tally = try #require(report[side] as? [String: Any])
            #expect(tally["count"] as? Int == 12)
            for fault in ["loops", "silences", "walls", "anyFault"] {
                #expect((0...12).contains(try #require(tally[fault] as? Int)))
            }
        }
        #expect(try #require(report["reviewed"] as? [Any]).count == 12)
    }

    /// Who always takes the likeliest token ends in a loop oftener than not.
    @Test func withoutLoopsNoTakeEndsInOne() throws {
        func loops(_ flags: String...) throws -> Int {
            let run = try ClaraProgram.run(
                Self.examples + ["--takes", "8", "--bars", "12", "--json"]
                    + ["--choice-frequency", "0", "--no-repeat", "0"] + flags, in: ScratchFolder()
            ).succeeded()
            let tally = try #require(try jsonObject(run.output)["takes"] as? [String: Any])
            return try #require(tally["loops"] as? Int)
        }
        #expect(try loops("--loops") > 0)
        #expect(try loops() == 0)
    }

    @Test func sameSeedGivesTheSameReport() throws {
        let arguments = Self.examples + ["--takes", "5", "--json", "--seed", "3"]
        let first = try ClaraProgram.run(arguments, in: ScratchFolder()).succeeded().output
        let second = try ClaraProgram.run(arguments, in: ScratchFolder()).succeeded().output
        #expect(first == second)
    }

    @Test(
        "Numbers out of range are told in one line",
        arguments: [
            ["--takes", "0"], ["--prompt-bars", "0"], ["--temperature", "nan"],
        ])
    func badNumbersAreRefused(flags: [String]) throws {
        let run = try ClaraProgram.run(Self.examples + flags, in: ScratchFolder())
        #expect(run.status != 0)
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains(flags[0]))
    }
}
