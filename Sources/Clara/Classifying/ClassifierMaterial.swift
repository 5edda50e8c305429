import Encodings

/// What a classifier learns to tell apart, and from which music.
public struct ClassifierMaterial: Sendable {
    private enum Contents: Sendable {
        case composers(minimum: Int, leftOut: [String])
        /// Of the composers that are named.
        case these([String])
        case people(models: [ModelBundle], prompts: Int, heldOut: Int, seed: Int)
    }

    let kind: ClassifierBundle.Kind
    let music: MusicSource
    private let contents: Contents

    /// Composers with at least so many pieces to train on.
    ///
    /// - Parameters:
    ///   - music: of a library, which knows composers.
    ///   - leftOut: surnames in one plain word that are no composers', such as “anonymous”.
    public static func composers(
        in music: MusicSource, minimum: Int = 12, leftOut: [String] = []
    ) throws(ClassifyingError) -> ClassifierMaterial {
        guard (2...100_000).contains(minimum) else {
            throw .outOfRange(
                "--minimum", legal: "a whole number from 2 to 100000", found: "\(minimum)")
        }
        return ClassifierMaterial(
            kind: .composer, music: music, contents: .composers(minimum: minimum, leftOut: leftOut))
    }

    /// The composers that a classifier knows.
    static func composers(in music: MusicSource, of bundle: ClassifierBundle) -> ClassifierMaterial
    {
        ClassifierMaterial(kind: .composer, music: music, contents: .these(bundle.classes))
    }

    /// What people wrote after prompts from their pieces, and what models do.
    ///
    /// - Parameters:
    ///   - models: that write, in turn.
    ///   - prompts: from pieces to train on, a tenth of them for the calibration, 20…100,000.
    ///   - heldOut: from pieces that are held out, 1…100,000.
    ///   - seed: chooses the prompts and what is written.
    public static func people(
        in music: MusicSource, and models: [ModelBundle], prompts: Int = 1_000, heldOut: Int = 200,
        seed: Int = 1
    ) throws(ClassifyingError) -> ClassifierMaterial {
        precondition(!models.isEmpty, "somebody has to write")
        guard (20...100_000).contains(prompts) else {
            throw .outOfRange(
                "--prompts", legal: "a whole number from 20 to 100000", found: "\(prompts)")
        }
        guard (1...100_000).contains(heldOut) else {
            throw .outOfRange(
                "--held-out", legal: "a whole number from 1 to 100000", found: "\(heldOut)")
        }
        return ClassifierMaterial(
            kind: .critic, music: music,
            contents: .people(models: models, prompts: prompts, heldOut: heldOut, seed: seed))
    }

    func labelled(
        cutter: PassageCutter, heldOut: Set<MusicContent>,
        onEvent: @escaping @Sendable (ClassifierTraining.Event) -> Void
    ) throws -> LabelledMusic {
        switch contents {
        case .composers(let minimum, let names):
            try composers(cutter, onEvent).labelled(
                minimum: minimum, apartFrom: names, heldOut: heldOut)
        case .these(let classes):
            try composers(cutter, onEvent).labelled(classes: classes, heldOut: heldOut)
        case .people(let models, let prompts, let apart, let seed):
            try CriticMusic(models: models, cutter: cutter, prompts: (prompts, apart), seed: seed)
                .labelled(music, heldOut: heldOut, onEvent: onEvent)
        }
    }

    private func composers(
        _ cutter: PassageCutter,
        _ onEvent: @escaping @Sendable (ClassifierTraining.Event) -> Void
    ) throws -> ComposerMusic {
        try ComposerMusic(music, cutter: cutter) { onEvent(.reading(files: $0, of: $1)) }
    }
}
