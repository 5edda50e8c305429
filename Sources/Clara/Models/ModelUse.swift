import PublishedBenchmarks

/// What a model of Clara's is for, as the metadata of its file tells.
public enum ModelUse: Hashable, Sendable {
    /// To write music: a `ModelBundle`.
    case writing
    case benchmark(PublishedBenchmark)
    case classifier(ClassifierBundle.Kind)

    /// Nil where the file is nobody's of these, or of a kind that this Clara does not know.
    init?(metadata: [String: String]) {
        if let name = metadata["clara.classifier"] {
            guard let kind = ClassifierBundle.Kind(rawValue: name) else { return nil }
            self = .classifier(kind)
        } else if let name = metadata["clara.benchmark"] {
            guard let benchmark = PublishedBenchmark(rawValue: name) else { return nil }
            self = .benchmark(benchmark)
        } else if metadata["clara.format"] != nil {
            self = .writing
        } else {
            return nil
        }
    }

    /// With its article.
    var name: String {
        switch self {
        case .writing: "a model that writes music"
        case .benchmark(let benchmark):
            "a model for a published benchmark (\(benchmark.rawValue))"
        case .classifier(.critic): "a classifier (a critic)"
        case .classifier(.composer): "a classifier (of composers)"
        }
    }

    /// The command that uses it, up to its name.
    var command: String {
        switch self {
        case .writing: "clara continue --model"
        case .benchmark(let benchmark): "clara benchmark \(benchmark.rawValue) --model"
        case .classifier(.critic): "clara critique --critic"
        case .classifier(.composer): "clara identify --classifier"
        }
    }

    var isBenchmark: Bool {
        if case .benchmark = self { true } else { false }
    }

    var isClassifier: Bool {
        if case .classifier = self { true } else { false }
    }
}

extension ModelFile {
    /// - Parameters:
    ///   - wanted: what the file should be, with its article.
    ///   - isWanted: whether it is.
    /// - Throws: `ModelError.otherUse` where it is a model of Clara's for something else.
    func check(is wanted: String, _ isWanted: (ModelUse) -> Bool) throws(ModelError) {
        guard let use = ModelUse(metadata: tensors.metadata), !isWanted(use) else { return }
        throw .otherUse(path: path, is: use, not: wanted)
    }
}
