import Clara
import Encodings
import Foundation
import Networks

/// A model of a small network with random weights, as a file: for what holds for every model.
enum RandomModel {
    /// - Parameter network: the recipe's table.
    static func make(
        _ encoding: any MusicEncoding = NotewiseEncoding(),
        network: String = "embedding = 16\nhidden = 24", precision: WeightPrecision = .float16
    ) throws -> ModelBundle {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("clara-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The mapping outlives the name.
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("random.safetensors").path
        let recipe = try Recipe(
            toml: "encoding = \"\(encoding.identifier)\"\n[network]\n\(network)",
            named: "random")
        let settings = try recipe.settings(for: encoding)
        let nothing = Provenance.Amount(pieces: 0, notes: 0, tokens: 0)
        try ModelBundle.write(
            settings.network.randomWeights(seed: 7), encoding: encoding,
            network: settings.network,
            provenance: Provenance(
                data: [], training: nothing, validation: nothing, heldOut: [], steps: 0,
                natsPerToken: nil, bitsPerNote: nil, settings: settings), to: path)
        return try ModelBundle(path: path, precision: precision)
    }
}
