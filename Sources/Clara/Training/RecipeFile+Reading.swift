import Files
import TOMLKit

extension RecipeFile {
    static func text(of path: String) throws(RecipeError) -> String {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.bytes(of: path, limit: sizeLimit)
        } catch {
            throw RecipeError(recipe: path, problem: "\(error)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RecipeError(recipe: path, problem: "it is not text")
        }
        return text
    }

    /// More than anybody writes.
    private static let sizeLimit = 1 << 20

    /// - Parameter name: what errors call it.
    init(toml: String, named name: String) throws(RecipeError) {
        do {
            self = try TOMLDecoder(strictDecoding: true).decode(RecipeFile.self, from: toml)
        } catch {
            throw RecipeError(recipe: name, problem: RecipeError.explain(error))
        }
    }
}
