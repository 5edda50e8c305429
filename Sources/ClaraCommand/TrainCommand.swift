import ArgumentParser
import Clara
import Foundation

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "train")
    @Option var data: [String]
    @Option(name: .shortAndLong) var output: String
    @Option var recipe: String?
    @Flag var resume = false
    @Option var seconds: Double?
    func run() throws {
        let recipe = try recipe.map { try Recipe(contentsOf: $0, seconds: seconds) } ?? Recipe.standard()
        let run = TrainingRun(recipe: recipe, data: data, output: output, resuming: resume)
        let outcome = try run.run { event in
            switch event {
            case .reading: break
            default: print(event)
            }
        }
        print(outcome)
    }
}
