/// Why a run does not even start.
public enum TrainingRunError: Error, Hashable, CustomStringConvertible {
    /// Starting anew would overwrite the state of an interrupted run.
    case interruptedRun(checkpoint: String)
    /// There is nothing to resume, for the run has come to its end.
    case finished(model: String)
    /// What a run is to go on from was trained by another recipe, on other data or from another model.
    case trainedOtherwise(model: String)
    /// Later stages have begun, and what they began with is not there.
    case missingStage(model: String)
    /// Another run is at work on the same output.
    case running(output: String)
    /// The recipe has styles, and no composer or style has as many pieces as it asks for.
    case noStyles(minimum: Int)

    public var description: String {
        switch self {
        case .interruptedRun(let checkpoint):
            "\(checkpoint): holds an interrupted run; go on with it by --resume, or delete it to "
                + "start anew"
        case .finished(let model):
            "\(model): is trained to its end, so there is nothing to resume; leave out --resume to "
                + "train it anew"
        case .trainedOtherwise(let model):
            "\(model): was trained by another recipe, on other data or from another model; repeat the "
                + "command that began it, or write to another file"
        case .missingStage(let model):
            "\(model): is not there, though later stages have begun; put it back, or leave out --resume to "
                + "train anew"
        case .running(let output):
            "\(output): another run is training to it; wait until that has ended, or write to another "
                + "file"
        case .noStyles(let minimum):
            "the recipe's [styles] need \(minimum) pieces of a composer or style, and none has so many; "
                + "add the music to a library, which knows composers, by clara library add, and train "
                + "with --library, or set a smaller minimum"
        }
    }
}
