import Foundation
import Networks
import Tensors

/// The state of a run besides its tensors, as JSON in the checkpoint's metadata.
struct RunState: Codable {
    var settings: TrainingSettings
    /// A hash of all training tokens, to tell another corpus.
    var corpus: UInt64
    /// The hash of the model that it began with; nil where the weights were random.
    var ancestor: String?
    /// Steps done.
    var step = 0
    /// Steps in all, once known.
    var totalSteps: Int?
    /// Seconds of training so far, over all sessions.
    var seconds = 0.0
    /// The words of the dropout masks' generator.
    var generator: [UInt64]
    var position: PieceStreams.Position
    var average = AveragedWeights.State()
    var best: BestWeights.Validation?
    /// Whether the validation after these steps has not been done, or not to its end.
    var isValidationDue = false

    /// Whether the numbers can be those of a run; no run has 2⁴⁰ steps.
    var isPlausible: Bool {
        (0..<1 << 40).contains(step) && (totalSteps ?? 1) > 0 && seconds >= 0
            && average.count <= step
    }
}

/// A run's state in one safetensors file: weights, moments, the average and the best if there are
/// such, carried states and `RunState`.
struct Checkpoint {
    /// What it fills, and is filled from.
    struct Tensors {
        let model: LanguageModel
        let optimiser: Adam
        let average: ParameterSet?
        let best: ParameterSet?
    }

    let path: String
    private static let key = "clara.run"

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Writes beside, then renames: after a kill there is the last checkpoint or the one before it.
    func save(_ state: RunState, _ run: Tensors) throws {
        var tensors = run.model.weights.tensors(prefix: "weights.")
        tensors += run.optimiser.moments.first.tensors(prefix: "first.")
        tensors += run.optimiser.moments.second.tensors(prefix: "second.")
        tensors += run.average?.tensors(prefix: "average.") ?? []
        tensors += run.best?.tensors(prefix: "best.") ?? []
        for (index, carried) in run.model.carriedStates.enumerated() {
            tensors.append(
                .init(
                    name: "carried.\(index)", shape: [carried.rows, carried.columns],
                    values: UnsafeMutableBufferPointer(start: carried.base, count: carried.count)))
        }
        let json = try JSONEncoder.canonicalText(state)
        try SafetensorsFile.write(tensors, metadata: [Self.key: json], to: path)
    }

    /// Fills the run's tensors, and gives back its state.
    func load(expecting fresh: RunState, _ run: Tensors) throws -> RunState {
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
        guard state.ancestor == fresh.ancestor else {
            throw TrainingError.otherRun(checkpoint: path, what: "model to begin with")
        }
        guard state.isPlausible else { throw TrainingError.unreadableCheckpoint(path: path) }
        try run.model.weights.load(from: file, prefix: "weights.")
        try run.optimiser.moments.first.load(from: file, prefix: "first.")
        try run.optimiser.moments.second.load(from: file, prefix: "second.")
        try run.average?.load(from: file, prefix: "average.")
        try run.best?.load(from: file, prefix: "best.")
        for (index, carried) in run.model.carriedStates.enumerated() {
            let bytes = try file.bytes(
                of: "carried.\(index)", type: .float32, shape: [carried.rows, carried.columns])
            UnsafeMutableRawBufferPointer(start: carried.base, count: bytes.count)
                .copyMemory(from: bytes)
        }
        return state
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
