import Clara
import Foundation
import Networks
import TestSupport
import Testing

@Suite struct ModelFileTests {
    private let folder: TemporaryFolder
    private let bytes: Data
    private let metadata: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let model = try TinyTraining.example.get().model
        bytes = try Data(contentsOf: URL(fileURLWithPath: model))
        metadata = try SafetensorsFile(path: model).metadata
    }

    @Test func theWholeFileIsAModel() throws {
        let path = try folder.write(bytes, to: "m.safetensors")
        #expect(try ModelBundle(path: path).encoding.identifier == "notewise-62-4")
    }

    /// Of the whole file, the header's first bytes, its middle, and the weights.
    @Test(arguments: [0, 1, 7, 8, 9, 100, 1000, -20_000, -4096, -2, -1])
    func aFileCutShortIsSaidSo(length: Int) throws {
        let length = length < 0 ? max(0, bytes.count + length) : length
        let path = try folder.write(bytes.prefix(length), to: "cut.safetensors")
        let error = #expect(throws: SafetensorsError.self) { try ModelBundle(path: path) }
        let text = try #require(error?.description)
        if length < 8 {
            #expect(
                text == "\(path): not a safetensors file: \(length) bytes are too few for a header")
        } else {
            #expect(text.hasPrefix("\(path): cut short: its header promises "))
            #expect(
                text.hasSuffix(
                    " bytes, but there are \(length); copy or train the model again"))
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let change: [String: String?]
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(
            change: ["clara.format": "2"],
            text: "is a model of format 2, but this Clara reads format 1; train it again with this "
                + "version"),
        Case(
            change: ["clara.encoding": "chordwise-62-12"],
            text: "is a model of the encoding “chordwise-62-12”, whose words this Clara does not "
                + "know"),
        Case(
            change: ["clara.encoding": "notewise-88-12"],
            text:
                "is a model of the encoding “notewise-88-12”, whose words this Clara does not know"
        ),
        Case(
            change: ["clara.format": nil],
            text: "is not a model of Clara's: it has no clara.format; make one with clara train"),
        Case(
            change: ["clara.network": nil],
            text: "is not a model of Clara's: it has no clara.network; make one with clara train"),
        Case(
            change: ["clara.network": "{}"],
            text: "is not a model of Clara's: it has no usable clara.network; make one with clara "
                + "train"),
        Case(
            change: ["clara.provenance": "[]"],
            text:
                "is not a model of Clara's: it has no usable clara.provenance; make one with clara "
                + "train"),
    ])
    func otherMetadataIsNamed(test: Case) throws {
        let path = folder.file("other.safetensors")
        var metadata = metadata
        for (key, value) in test.change { metadata[key] = value }
        try SafetensorsFile.write([], metadata: metadata, to: path)
        let error = #expect(throws: ModelError.self) { try ModelBundle(path: path) }
        #expect(error?.description == "\(path): \(test.text)")
    }

    /// Styles without a name, with two words, twice the same.
    @Test(arguments: ["<style->", "<style-a\tb>", "<style-a> <style-a>"])
    func stylesThatAreNoWordsAreRefused(words: String) throws {
        let path = folder.file("styles.safetensors")
        var metadata = metadata
        metadata["clara.vocabulary"]? += " \(words)"
        try SafetensorsFile.write([], metadata: metadata, to: path)
        #expect(throws: ModelError.otherEncoding(path: path, found: "notewise-62-4")) {
            try ModelBundle(path: path)
        }
    }

    /// As models of another version have it, or files that somebody made.
    @Test(arguments: [
        ("\"contexts\":", "\"contexts\":1"), ("\"contextOutput\":false", "\"contextOutput\":true"),
        ("\"notes\":62", "\"notes\":61"), ("\"standings\":96", "\"standings\":95"),
    ])
    func aNetworkOfOtherContextsIsRefused(found: String, written: String) throws {
        let path = folder.file("other.safetensors")
        var metadata = metadata
        let network = try #require(metadata["clara.network"])
        metadata["clara.network"] = network.replacing(found, with: written)
        #expect(metadata["clara.network"] != network)
        try SafetensorsFile.write([], metadata: metadata, to: path)
        let error = #expect(throws: ModelError.self) { try ModelBundle(path: path) }
        #expect(
            error?.description
                == "\(path): is not a model of Clara's: it has no weights for what this version of "
                + "Clara tells a network; make one with clara train")
    }

    @Test func aSafetensorsFileOfOthersIsNoModel() throws {
        let path = folder.file("other.safetensors")
        try SafetensorsFile.write([], metadata: [:], to: path)
        let error = #expect(throws: ModelError.self) { try ModelBundle(path: path) }
        #expect(
            error?.description
                == "\(path): is not a model of Clara's: it has no clara.format; make one with clara "
                + "train")
    }

    @Test func aModelWithoutItsTensorsSaysWhich() throws {
        let path = folder.file("hollow.safetensors")
        try SafetensorsFile.write([], metadata: metadata, to: path)
        let error = #expect(throws: SafetensorsError.self) { try ModelBundle(path: path) }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("\(path): has no tensor “"))
        #expect(text.hasSuffix("”; it was made for another network"))
    }

    @Test func whatIsNoFileIsSaidSo() {
        for (name, reason) in [("none", "there is no such file"), ("", "it is a folder")] {
            let path = folder.file(name)
            let error = #expect(throws: SafetensorsError.self) { try ModelBundle(path: path) }
            #expect(error?.description == "\(path): cannot be read: \(reason)")
        }
    }

    @Test func aNameIsLookedForInTheFoldersOfModels() throws {
        try folder.write(bytes, to: "here/Models/mine.safetensors")
        try folder.write(bytes, to: "named/other.safetensors")
        let locator = ModelLocator(
            environment: ["CLARA_MODELS": folder.file("named")], currentFolder: folder.file("here"),
            executable: folder.file("a/b/clara"))
        #expect(try locator.path(of: "mine") == folder.file("here/Models/mine.safetensors"))
        #expect(try locator.path(of: "other") == folder.file("named/other.safetensors"))
        #expect(try locator.path(of: "some/where") == "some/where")
        let own = try folder.write(bytes, to: "here/my.model")
        #expect(try locator.path(of: "my.model") == own)
        let error = #expect(throws: ModelError.self) { try locator.path(of: "nobody") }
        #expect(error?.description.hasPrefix("there is no model “nobody”; looked for ") == true)
        #expect(error?.description.contains(folder.file("here/Models/nobody.safetensors")) == true)
        #expect(error?.description.contains("a/b/Models") == false, "there is no such folder")
    }
}
