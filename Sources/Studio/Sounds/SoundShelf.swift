import Audio
import Dispatch
import Files
import Foundation
import Synchronization

/// The notes of instruments as sound, each played once by the SoundFont that is installed.
///
/// Those asked for lately are in memory, the others in a folder, both bounded.
final class SoundShelf: Sendable {
    /// How long a sample is, in seconds.
    static let seconds = 3.0
    /// What stands for the drums among the programs.
    static let drums = 128
    private static let inMemory = 96
    /// Some 500 MB.
    private static let onDisk = 2_000

    private let soundFont: Result<SoundFont, SoundError>
    /// Where samples are kept; nil for nowhere.
    private let folder: String?
    private let queue = DispatchQueue(label: "clara.studio.sound", qos: .userInitiated)
    private let state: Mutex<State>

    private struct State {
        /// The one that was used last comes last.
        var samples: [(key: Key, wave: [UInt8])] = []
        /// How many more may be kept on the disk.
        var room: Int
    }

    private struct Key: Hashable {
        let program: Int
        let pitch: Int
    }

    /// FluidSynth, made when it is first needed. Only on the queue.
    private final class Player: @unchecked Sendable {
        // Safe: touched by blocks of one serial queue only.
        var sampler: NoteSampler?
    }
    private let player = Player()

    /// - Parameter cache: a folder for samples; nil to keep none on the disk.
    init(_ locator: SoundFontLocator, cache: String?) {
        soundFont = Result { () throws(SoundError) in try locator.soundFont() }
        var folder: String?
        if let cache, case .success(let font) = soundFont, let name = Self.fingerprint(font) {
            let path = "\(cache)/\(name)"
            if (try? Folder.make(path)) != nil { folder = path }
        }
        self.folder = folder
        let kept = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }
        state = Mutex(State(room: Self.onDisk - (kept?.count ?? 0)))
    }

    /// Another font, or another version of it, has another one.
    private static func fingerprint(_ font: SoundFont) -> String? {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: font.path) else {
            return nil
        }
        let size = facts[.size] as? Int ?? 0
        let modified = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let name = (font.path as NSString).lastPathComponent.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber)
        }
        return "\(name.prefix(40))-\(size)-\(Int(modified))-1"
    }

    /// Forgets the samples of fonts that no studio has begun with since a time.
    func forget(unusedSince limit: Date, at now: Date) {
        guard let folder else { return }
        let files = FileManager.default
        try? files.setAttributes([.modificationDate: now], ofItemAtPath: folder)
        let cache = (folder as NSString).deletingLastPathComponent
        for name in (try? files.contentsOfDirectory(atPath: cache)) ?? []
        where name.wholeMatch(of: /[A-Za-z0-9]{1,40}-\d+-\d+-1/) != nil {
            let path = "\(cache)/\(name)"
            let used = try? files.attributesOfItem(atPath: path)[.modificationDate] as? Date
            if let used, used < limit { try? files.removeItem(atPath: path) }
        }
    }

    /// The SoundFont's name; nil where there is none.
    var name: String? {
        (try? soundFont.get()).map {
            (($0.path as NSString).lastPathComponent as NSString).deletingPathExtension
        }
    }

    /// What to do about it where there is none.
    var advice: String? {
        if case .failure(let error) = soundFont { return Self.sentence(error) }
        return nil
    }

    private static func sentence(_ error: SoundError) -> String {
        guard case .noSoundFont = error else { return "\(error)" }
        #if os(macOS)
            let install = "brew install fluid-synth"
        #else
            let install = "sudo apt install timgm6mb-soundfont"
        #endif
        return "No SoundFont is installed, so instruments have a plain tone. For real ones: "
            + "\(install) (fluid-soundfont-gm sounds better), then start the studio again."
    }

    var renderer: SoundRenderer {
        get throws(StudioError) { SoundRenderer(soundFont: try font()) }
    }

    private func font() throws(StudioError) -> SoundFont {
        switch soundFont {
        case .success(let font): return font
        case .failure(let error): throw .missing(Self.sentence(error))
        }
    }

    /// A note as a WAV file of one channel, 16 bits.
    ///
    /// - Parameters:
    ///   - program: 0…127, or `drums`.
    ///   - pitch: 0…127.
    /// - Throws: `StudioError.missing` without a SoundFont.
    func wave(program: Int, pitch: Int) async throws -> [UInt8] {
        let font = try font()
        let key = Key(program: program, pitch: pitch)
        if let known = known(key) { return known }
        return try await Background.run(on: queue) { [self] in
            if let known = known(key) { return known }
            let wave = try kept(key) ?? played(key, font)
            state.withLock { state in
                state.samples.append((key, wave))
                if state.samples.count > Self.inMemory { state.samples.removeFirst() }
            }
            return wave
        }
    }

    private func known(_ key: Key) -> [UInt8]? {
        state.withLock { state in
            guard let index = state.samples.firstIndex(where: { $0.key == key }) else { return nil }
            let sample = state.samples.remove(at: index)
            state.samples.append(sample)
            return sample.wave
        }
    }

    private func path(_ key: Key) -> String? {
        folder.map { "\($0)/\(key.program)-\(key.pitch).wav" }
    }

    private func kept(_ key: Key) -> [UInt8]? {
        guard let path = path(key), let bytes = try? WholeFile.bytes(of: path, limit: 1 << 21),
            bytes.starts(with: "RIFF".utf8)
        else { return nil }
        return bytes
    }

    private func played(_ key: Key, _ font: SoundFont) throws -> [UInt8] {
        let sampler = try player.sampler ?? NoteSampler(soundFont: font)
        player.sampler = sampler
        let samples = sampler.note(
            program: key.program == Self.drums ? nil : key.program, key: key.pitch,
            seconds: Self.seconds)
        let wave = WaveFile.bytes(samples, sampleRate: NoteSampler.sampleRate)
        let hasRoom = state.withLock { state in
            state.room -= 1
            return state.room >= 0
        }
        // Without it the note is played again the next time.
        if hasRoom, let path = path(key) { try? WholeFile.save(wave, to: path) }
        return wave
    }
}
