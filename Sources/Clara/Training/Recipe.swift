import Encodings
import Foundation
import Networks
import TOMLKit
import Training

/// What to train and how, as a small TOML file: encoding, network, dropouts, optimiser, schedule.
///
/// Every key may be left out; the defaults, of a network as large as the bundled one, are in
/// `RecipeFile`. An unknown key is an error, so that a misspelt one cannot be silently without effect.
public struct Recipe: Hashable, Sendable {
    package let encoding: NotewiseEncoding
    package let settings: TrainingSettings
    /// The share of the pieces that is held out for validation.
    package let validationShare: Double

    /// The recipe that `clara train` uses without `--recipe`.
    public static func standard(seconds: Double? = nil) throws(RecipeError) -> Recipe {
        try Recipe(toml: "", named: "the standard recipe", seconds: seconds)
    }

    /// - Parameters:
    ///   - path: a TOML file.
    ///   - seconds: training time instead of the recipe's length.
    public init(contentsOf path: String, seconds: Double? = nil) throws(RecipeError) {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw RecipeError(
                recipe: path,
                problem: isThere ? "cannot be read as text" : "there is no such file")
        }
        try self.init(toml: text, named: path, seconds: seconds)
    }

    package init(toml: String, named name: String, seconds: Double? = nil) throws(RecipeError) {
        let file: RecipeFile
        do {
            file = try TOMLDecoder(strictDecoding: true).decode(RecipeFile.self, from: toml)
        } catch {
            throw RecipeError(recipe: name, problem: RecipeError.explain(error))
        }
        guard let encoding = NotewiseEncoding(identifier: file.encoding) else {
            throw RecipeError(
                recipe: name,
                problem: "unknown encoding “\(file.encoding)”; use notewise-62-12, notewise-88-12, "
                    + "notewise-62-4 or notewise-88-4")
        }
        self.encoding = encoding
        validationShare = file.training.validation
        do {
            settings = try file.settings(
                vocabulary: encoding.vocabulary.count,
                contexts: NotewiseContext(encoding: encoding).count, seconds: seconds)
        } catch {
            throw RecipeError(recipe: name, problem: "\(error)")
        }
    }
}

/// A recipe that cannot be used: which, and what is wrong with it.
public struct RecipeError: Error, Hashable, CustomStringConvertible {
    public let recipe: String
    public let problem: String

    public var description: String { "\(recipe): \(problem)" }

    static func explain(_ error: any Error) -> String {
        switch error {
        case let error as UnexpectedKeysError:
            let keys = error.keys.keys.sorted().joined(separator: ", ")
            return "unknown key \(keys); see Recipes/ for the keys there are"
        case let error as TOMLParseError:
            return "is not TOML: \(error.description)"
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return "\(key): \(context.debugDescription)"
        default:
            return "\(error)"
        }
    }
}
