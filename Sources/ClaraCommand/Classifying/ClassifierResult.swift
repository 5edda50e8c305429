import Clara

/// How a classifier did, as the commands that train and measure them say it.
struct ClassifierResult: Encodable {
    let file: String
    let classifier: ClassifierFigures
    /// N-gram models, one for each class.
    let baseline: ClassifierFigures
    let baselineOrder: Int
    let baselineKeys: Int
    let classes: [String]
    /// How many pieces of each class (row) were taken for each (column), in the order of the classes.
    let confusion: [[Int]]

    init(_ outcome: ClassifierEvaluation.Outcome, file: String) {
        self.file = file
        classifier = outcome.classifier
        baseline = outcome.baseline
        baselineOrder = outcome.baselineOrder
        baselineKeys = outcome.baselineKeys
        classes = outcome.classes
        confusion = outcome.confusion
    }

    /// For people.
    var summary: String {
        var table = TextTable([
            ("", .left), ("right", .right), ("95 of 100 draws", .right), ("among three", .right),
            ("by class", .right), ("nats/piece", .right), ("calibration error", .right),
        ])
        let rows = [
            ("this classifier", classifier),
            ("n-grams of \(baselineOrder), in \(baselineKeys.of("key"))", baseline),
        ]
        for (name, figures) in rows {
            table.add([
                name, figures.accuracy.percent(to: 1),
                "\(figures.lowest.percent(to: 1))–\(figures.highest.percent(to: 1))",
                figures.accuracyOfThree.percent(to: 1), figures.balancedAccuracy.percent(to: 1),
                figures.natsPerPiece.rounded(to: 3), figures.calibrationError.rounded(to: 3),
            ])
        }
        return """
            \(table.description)
            \(file.onOneLine), on \(classifier.pieces.of("piece")) that it has never seen; the most \
            frequent class would be right in \(classifier.majority.percent(to: 1))
            """
    }
}
