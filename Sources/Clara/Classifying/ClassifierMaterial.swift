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
    ///   - minimum: 2…100,000.
    ///   - leftOut: surnames in one plain word that are no composers', such as “anonymous”.
    public static func composers(
        in music: MusicSource, minimum: Int = 12, leftOut: [String] = []
    ) throws(OutOfRange) -> ClassifierMaterial {
        try OutOfRange.check(minimum, of: "--minimum", in: 2...100_000)
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
    ) throws(OutOfRange) -> ClassifierMaterial {
        precondition(!models.isEmpty, "somebody has to write")
        try OutOfRange.check(prompts, of: "--prompts", in: 20...100_000)
        try OutOfRange.check(heldOut, of: "--held-out", in: 1...100_000)
        try ContinuationSettings.checkSeeds(from: seed, takes: max(prompts, heldOut))
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
