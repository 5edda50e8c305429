import ArgumentParser
import Clara
import Foundation

/// Which model is measured, and on which music.
struct ModelAndDataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's file, or the name of one in Models/, such as piano.", valueName: "model"))
    var model: String

    @OptionGroup var music: MusicOptions

    /// Throws `ModelError` or `SafetensorsError` when there is no such model, or not one to use.
    func bundle(_ precision: WeightPrecision = .float16) throws -> ModelBundle {
        try ModelBundle(path: ModelLocator.here.path(of: model), precision: precision)
    }
}

extension ModelLocator {
    /// Looks from the folder that the program is started in.
    static var here: ModelLocator {
        ModelLocator(
            environment: ProcessInfo.processInfo.environment,
            currentFolder: FileManager.default.currentDirectoryPath,
            executable: Bundle.main.executablePath ?? CommandLine.arguments[0])
    }
}

extension ClassifierBundle {
    /// The classifier that `name` names: a file, or one in Models/.
    init(named name: String, kind: Kind) throws {
        try self.init(path: ModelLocator.here.path(of: name), kind: kind)
    }
}

extension WeightPrecision: ExpressibleByArgument {}
