import Foundation
import TOMLKit

extension RecipeFile {
    static func text(of path: String) throws(RecipeError) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw RecipeError(
                recipe: path,
                problem: isThere ? "cannot be read as text" : "there is no such file")
        }
    }

    /// - Parameter name: what errors call it.
    init(toml: String, named name: String) throws(RecipeError) {
        do {
            self = try TOMLDecoder(strictDecoding: true).decode(RecipeFile.self, from: toml)
        } catch {
            throw RecipeError(recipe: name, problem: RecipeError.explain(error))
        }
    }
}
