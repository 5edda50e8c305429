import Foundation
import MIDIFile
import Score
import Testing

/// Files that are no prompt, by what is wrong with them.
enum BadPrompt: String, CaseIterable, CustomTestStringConvertible {
    case emptyFile, jpeg, text, cutInHeader, cutInTrack, folder, withoutNotes, onlyDrums
    case missing, belowAFile

    var testDescription: String { rawValue }

    /// Makes it in `folder`; the path to give to `clara`.
    func make(in folder: ScratchFolder) throws -> String {
        switch self {
        case .emptyFile: return try folder.write(Data(), as: "empty.mid")
        case .jpeg: return try folder.write(Self.picture, as: "picture.mid")
        case .text: return try folder.write(Data("Dear Clara, go on!\n".utf8), as: "letter.mid")
        case .cutInHeader: return try folder.write(Self.waltz().prefix(9), as: "header.mid")
        case .cutInTrack:
            let waltz = try Self.waltz()
            return try folder.write(waltz.prefix(waltz.count / 2), as: "half.mid")
        case .folder:
            let url = folder.url("music.mid")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            return url.path
        case .withoutNotes:
            return try folder.write(MIDIFile.write(Score(parts: [])), as: "silence.mid")
        case .onlyDrums:
            var score = try Score(file: Repository.waltz)
            score.parts = score.parts.map { Part(isDrums: true, notes: $0.notes) }
            return try folder.write(MIDIFile.write(score), as: "drums.mid")
        case .missing: return folder.path("missing.mid")
        case .belowAFile:
            // What nobody can read, root included.
            return try folder.write(Data("text".utf8), as: "notes.txt") + "/prompt.mid"
        }
    }

    /// Words that the error has to have, the file's name apart.
    var mentions: [String] {
        switch self {
        case .emptyFile: ["empty"]
        case .jpeg: ["JPEG"]
        case .text: ["not a MIDI file"]
        case .cutInHeader, .cutInTrack: ["cut short"]
        case .folder: ["folder"]
        case .withoutNotes: ["no notes"]
        case .onlyDrums: ["drums"]
        case .missing, .belowAFile: ["cannot be read"]
        }
    }

    private static func waltz() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: Repository.waltz))
    }

    /// How a JPEG picture begins.
    static let picture =
        Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10]) + Data("JFIF".utf8)
        + Data([0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 0x43, 0])
        + Data(repeating: 8, count: 64)
        + Data([0xFF, 0xD9])
}

/// Files that are no model, by what is wrong with them.
enum BadModel: String, CaseIterable, CustomTestStringConvertible {
    case emptyFile, jpeg, cutInLength, cutInHeader, cutInWeights, lastByteMissing
    case otherVersion, foreign, folder, missing, unknownName

    var testDescription: String { rawValue }

    /// Makes it in `folder`; what to give to `--model`.
    func make(in folder: ScratchFolder) throws -> String {
        let model = try Data(contentsOf: URL(fileURLWithPath: Repository.model))
        func write(_ data: Data) throws -> String {
            try folder.write(data, as: "model.safetensors")
        }
        switch self {
        case .emptyFile: return try write(Data())
        case .jpeg: return try write(BadPrompt.picture)
        case .cutInLength: return try write(model.prefix(5))
        case .cutInHeader: return try write(model.prefix(200))
        case .cutInWeights: return try write(model.prefix(model.count / 2))
        case .lastByteMissing: return try write(model.dropLast())
        case .otherVersion:
            return try write(SafetensorsOutline(model).replacingVersion(by: "999"))
        case .foreign:
            // Whole and valid, but nobody's model.
            let header = Data(
                #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#.utf8)
            var length = UInt64(header.count).littleEndian
            return try write(Data(bytes: &length, count: 8) + header + Data(count: 4))
        case .folder:
            let url = folder.url("model.safetensors")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            return url.path
        case .missing: return folder.path("model.safetensors")
        case .unknownName: return "violin-and-kazoo"
        }
    }

    var mentions: [String] {
        switch self {
        case .otherVersion: ["model.safetensors", "999"]
        case .unknownName: ["violin-and-kazoo"]
        case .cutInWeights, .lastByteMissing: ["model.safetensors", "cut short"]
        default: ["model.safetensors"]
        }
    }
}
