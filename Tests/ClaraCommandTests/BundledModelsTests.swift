import Clara
import Foundation
import Testing

/// `Models/` and what was made with it are of one time.
struct BundledModelsTests {
    private static let voices = ["piano", "duet", "jazz"]

    private static func bundle(_ voice: String) throws -> ModelBundle {
        try ModelBundle(path: Repository.path("Models/\(voice).safetensors"))
    }

    private static func names(in folder: String, endingIn ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
            .filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
    }

    @Test func everyFileIsSmallAndHasACard() throws {
        let files = try Self.names(in: "Models", endingIn: ".safetensors")
        #expect(files.count >= 9)
        for file in files {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: Repository.path(file)))
            #expect(bytes.count <= 12_000_000, "\(file)")
            let name = (file as NSString).lastPathComponent
            let cards = try Self.names(in: "Models", endingIn: ".md").map {
                try String(contentsOfFile: Repository.path($0), encoding: .utf8)
            }
            #expect(
                cards.contains { $0.contains("`Models/\(name)`") || $0.contains("`\(name)`") },
                "\(name)")
        }
    }

    @Test(arguments: voices)
    func aCardTellsOfTheModelBesideIt(voice: String) throws {
        let bundle = try Self.bundle(voice)
        let card = try String(
            contentsOfFile: Repository.path("Models/\(voice).md"), encoding: .utf8)
        #expect(card.contains("`\(bundle.hash)`"))
        let row = try #require(
            card.firstMatch(
                of: /\| \*\*this model\*\* \| \*\*([0-9.]+)\*\* \| \*\*([0-9.]+)\*\* \|/))
        // The card's are of the weights as they are shipped, in 16 bits.
        let (nats, bits) = (bundle.provenance.natsPerToken, bundle.provenance.bitsPerNote)
        #expect(try abs(#require(Double(row.1)) - #require(nats)) < 0.002)
        #expect(try abs(#require(Double(row.2)) - #require(bits)) < 0.002)
    }

    @Test func everyExampleIsATakeOfAModelThatIsHere() throws {
        let hashes = try Self.voices.map { try Self.bundle($0).hash }
        let takes = try Self.names(in: "Examples/takes", endingIn: ".mid")
        #expect(takes.count >= 8)
        for take in takes {
            let texts = try Score(file: Repository.path(take)).texts
            #expect(
                texts.contains { text in
                    text.hasPrefix("Clara {")
                        && hashes.contains { text.contains("\"model\":\"\($0)\"") }
                }, "\(take)")
        }
    }
}
