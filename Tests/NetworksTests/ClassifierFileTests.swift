import Networks
import TestSupport
import Testing

@Suite struct ClassifierFileTests {
    @Test func whatIsWrittenIsRead() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/critic.safetensors"
            let configuration = try ClassifierTests.configuration(contexts: 5)
            let weights = configuration.randomWeights(seed: 2)
            try configuration.write(weights, metadata: ["encoding": "notes"], to: path)
            let read = try ClassifierConfiguration.read(from: path)
            #expect(read.configuration == configuration)
            #expect(read.configuration.classes == ["people", "machines", "cats"])
            #expect(Array(read.weights.buffer) == Array(weights.buffer))
            #expect(try SafetensorsFile(path: path).metadata["encoding"] == "notes")
        }
    }

    @Test func aFileThatIsNoClassifierSaysSo() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            let weights = try ClassifierTests.configuration().randomWeights(seed: 2)
            for metadata in [[:], ["clara.classifier": "{}"]] {
                try SafetensorsFile.write(weights.tensors(), metadata: metadata, to: path)
                let error = ClassifierFileError.notAClassifier(path: path)
                #expect(throws: error) { try ClassifierConfiguration.read(from: path) }
                #expect(error.description.contains(path))
            }
        }
    }

    @Test func aTensorOfAnotherShapeIsNamedWithWhatWasExpectedAndFound() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/critic.safetensors"
            let configuration = try ClassifierTests.configuration(hidden: 0)
            let larger = try ClassifierTests.configuration(hidden: 5)
            try configuration.write(larger.randomWeights(seed: 1), to: path)
            let error = SafetensorsError.wrongShape(
                path: path, name: "classifier.output.weight", expected: [3, 18], found: [3, 5])
            #expect(throws: error) { try ClassifierConfiguration.read(from: path) }
        }
    }
}
