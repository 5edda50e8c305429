import Clara
import Encodings
import Foundation
import Synchronization

/// A voice that is ready to write: a model with what it has read lately.
final class Voice: Sendable {
    let name: String
    let bundle: ModelBundle
    let memory: PromptMemory
    private let source = Mutex<OriginalitySource?>(nil)

    init(named name: String, path: String) throws {
        self.name = name
        // Half the time of 16 bits for a loss that nobody hears; jobs share the cores among them.
        bundle = try ModelBundle(path: path, precision: .int8, threads: 1)
        memory = PromptMemory(of: bundle)
    }

    var styles: [String] { bundle.encoding.styles }

    /// The style that a client calls so; nil where it knows none.
    func style(named name: String) -> String? { bundle.style(named: name) }

    /// What it writes for.
    var instruments: [StudioPart] {
        bundle.players.map { StudioPart(name: $0.name, program: $0.program) }
    }

    /// What it learnt from, where that was kept; read when it is first asked for.
    func originality() -> OriginalitySource? {
        source.withLock { source in
            if source == nil { source = try? OriginalitySource(besideModel: bundle.path) }
            return source
        }
    }
}

/// A voice as the page lists it.
struct VoiceRow: Encodable, Hashable, Sendable {
    struct Instrument: Encodable, Hashable, Sendable {
        let name: String
        let program: Int
    }

    let name: String
    let styles: [String]
    let instruments: [Instrument]
    let isDefault: Bool
    /// Whether it is known what it learnt from.
    let originality: Bool

    private enum CodingKeys: String, CodingKey {
        case name, styles, instruments, originality
        case isDefault = "default"
    }

    init(_ voice: Voice, isDefault: Bool) {
        name = voice.name
        styles = voice.styles
        instruments = voice.instruments.map { Instrument(name: $0.name, program: $0.program) }
        self.isDefault = isDefault
        originality = FileManager.default.fileExists(
            atPath: OriginalitySource.path(besideModel: voice.bundle.path))
    }
}
