import Files
import Foundation

/// The file that a run writes its model to, and the checkpoint beside it.
struct TrainingOutput: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    var checkpoint: String { path + ".checkpoint" }

    /// A file beside it, with a mark after its name.
    func marked(_ mark: String) -> TrainingOutput {
        TrainingOutput("\((path as NSString).deletingPathExtension)-\(mark).safetensors")
    }

    enum State { case new, interrupted, finished }

    /// What an earlier run has left.
    var state: State {
        let files = FileManager.default
        if files.fileExists(atPath: checkpoint) { return .interrupted }
        return files.fileExists(atPath: path) ? .finished : .new
    }

    /// What can be known to go wrong is to go wrong before hours of training.
    ///
    /// - Returns: what keeps other runs away, as long as it lives.
    func reserve(resuming: Bool) throws -> FileLock {
        try OutputFile(path).check(isOf: .model)
        let lock = try lock()
        switch (state, resuming) {
        case (.interrupted, false): throw TrainingRunError.interruptedRun(checkpoint: checkpoint)
        case (.finished, true): throw TrainingRunError.finished(model: path)
        default: return lock
        }
    }

    private func lock() throws -> FileLock {
        let file = path + ".lock"
        let lock: FileLock?
        do {
            lock = try FileLock(path: file)
        } catch {
            throw OutputError.unwritable(path: file, reason: "\(error)")
        }
        guard let lock else { throw TrainingRunError.running(output: path) }
        return lock
    }
}
