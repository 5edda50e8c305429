import Foundation
import Networks
import Tensors

/// The state of a run besides its tensors, as JSON in the checkpoint's metadata.
struct RunState: Codable {
    var settings: TrainingSettings
    /// A hash of all training tokens, to tell another corpus.
    var corpus: UInt64
    /// Steps done.
    var step = 0
    /// Steps in all, once known.
    var totalSteps: Int?
    /// Seconds of training so far, over all sessions.
    var seconds = 0.0
    /// The words of the dropout masks' generator.
    var generator: [UInt64]
    var position: PieceStreams.Position
}

/// A run's state in one safetensors file: weights, moments, carried states and `RunState`.
struct Checkpoint {
    let path: String
    private static let key = "clara.run"

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Writes beside, then renames: after a kill there is the last checkpoint or the one before it.
    func save(_ state: RunState, model: LanguageModel, optimiser: AdamW) throws {
        var tensors = model.weights.tensors(prefix: "weights.")
        tensors += optimiser.moments.first.tensors(prefix: "first.")
        tensors += optimiser.moments.second.tensors(prefix: "second.")
        for (index, carried) in model.carriedStates.enumerated() {
            tensors.append(
                .init(
                    name: "carried.\(index)", shape: [carried.rows, carried.columns],
                    values: UnsafeMutableBufferPointer(start: carried.base, count: carried.count)))
        }
        let json = try JSONEncoder.canonicalText(state)
        try SafetensorsFile.write(tensors, metadata: [Self.key: json], to: path)
    }

    /// Fills the model and the optimiser, and gives back the run's state.
    func load(
        expecting fresh: RunState, model: LanguageModel, optimiser: AdamW
    ) throws -> RunState {
        let file = try SafetensorsFile(path: path)
        // Its bytes are there as long as it is, which else may end with its last mention.
        defer { withExtendedLifetime(file) {} }
        guard let json = file.metadata[Self.key],
            let state = try? JSONDecoder().decode(RunState.self, from: Data(json.utf8))
        else { throw TrainingError.unreadableCheckpoint(path: path) }
        guard state.settings == fresh.settings else {
            throw TrainingError.otherRun(checkpoint: path, what: "recipe")
        }
        guard state.corpus == fresh.corpus else {
            throw TrainingError.otherRun(checkpoint: path, what: "collection of pieces")
        }
        try model.weights.load(from: file, prefix: "weights.")
        try optimiser.moments.first.load(from: file, prefix: "first.")
        try optimiser.moments.second.load(from: file, prefix: "second.")
        for (index, carried) in model.carriedStates.enumerated() {
            let bytes = try file.bytes(
                of: "carried.\(index)", type: .float32, shape: [carried.rows, carried.columns])
            UnsafeMutableRawBufferPointer(start: carried.base, count: bytes.count)
                .copyMemory(from: bytes)
        }
        return state
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
