import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsTests {
    static func parameters(seed: UInt64 = 1) -> ParameterSet {
        let parameters = ParameterSet([("a", [3, 5]), ("b.weight", [7]), ("c", [1, 1])])
        var generator = SeededGenerator(seed: seed)
        for index in 0..<parameters.count { parameters.buffer.base[index] = generator.normal() }
        return parameters
    }

    @Test func whatIsWrittenIsRead() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            let parameters = Self.parameters()
            let metadata = ["plain": "text", "“odd” \"\\\n\t/\u{1F3B9}": "é\u{0}\u{7f}", "": ""]
            let integers = SafetensorsFile.Tensor(name: "n/é\"", shape: [2], values: [.min, 7])
            try SafetensorsFile.write(
                parameters.tensors(prefix: "p.") + [integers], metadata: metadata, to: path)
            let file = try SafetensorsFile(path: path)
            #expect(file.metadata == metadata)
            #expect(Set(file.entries.keys) == ["p.a", "p.b.weight", "p.c", "n/é\""])
            #expect(file.entries["p.a"]?.shape == [3, 5])
            #expect(file.entries["p.a"]?.type == "F32")
            let bytes = try file.bytes(of: "n/é\"", type: .int32, shape: [2])
            #expect(Array(bytes.bindMemory(to: Int32.self)) == [.min, 7])
            let read = ParameterSet(like: parameters)
            try read.load(from: file, prefix: "p.")
            #expect(Array(read.buffer) == Array(parameters.buffer))
        }
    }

    @Test func halvesAreReadAsTheyWereRounded() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            let parameters = Self.parameters()
            try SafetensorsFile.write(parameters.tensors(as: .float16), metadata: [:], to: path)
            let read = ParameterSet(like: parameters)
            try read.load(from: SafetensorsFile(path: path), as: .float16)
            let expected = Array(parameters.buffer).map {
                ReferenceKernels.value(ofHalf: ReferenceKernels.half($0))
            }
            #expect(Array(read.buffer) == expected)
        }
    }

    @Test func equalContentGivesEqualBytesAndHashes() throws {
        try withTemporaryFolder { folder in
            let metadata = Dictionary(uniqueKeysWithValues: (0..<20).map { ("key \($0)", "\($0)") })
            for name in ["one", "two"] {
                try SafetensorsFile.write(
                    Self.parameters().tensors(), metadata: metadata, to: folder + "/" + name)
            }
            try SafetensorsFile.write(
                Self.parameters(seed: 2).tensors(), metadata: metadata, to: folder + "/other")
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: folder + "/one"))
                    == Data(contentsOf: URL(fileURLWithPath: folder + "/two")))
            let hashes = try ["one", "two", "other"].map {
                try SafetensorsFile(path: folder + "/" + $0).hash
            }
            #expect(hashes[0] == hashes[1] && hashes[0] != hashes[2] && hashes[0].count == 16)
        }
    }

    @Test func dataBeginsOnACacheLineWhateverTheHeadersLength() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model"
            for length in 0..<70 {
                try SafetensorsFile.write(
                    Self.parameters().tensors(),
                    metadata: ["k": String(repeating: "x", count: length)], to: path)
                let start = try SafetensorsFile(path: path).entries["a"]?.bytes.lowerBound
                #expect(start.map { $0 % 64 } == 0)
            }
        }
    }

    /// The old file stays whole for who still has it open, here under a second name, and nothing but
    /// the new one is left behind.
    @Test func writingReplacesTheFileInOneStep() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            try SafetensorsFile.write(Self.parameters().tensors(), metadata: [:], to: path)
            let old = folder + "/old"
            try FileManager.default.linkItem(atPath: path, toPath: old)
            try SafetensorsFile.write(Self.parameters(seed: 2).tensors(), metadata: [:], to: path)
            let parameters = ParameterSet(like: Self.parameters())
            try parameters.load(from: SafetensorsFile(path: old))
            #expect(Array(parameters.buffer) == Array(Self.parameters().buffer))
            try parameters.load(from: SafetensorsFile(path: path))
            #expect(Array(parameters.buffer) == Array(Self.parameters(seed: 2).buffer))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    == ["model.safetensors", "old"])
        }
    }

    #if os(Linux)
        @Test func theFileIsMappedAndNotReadAtOnce() throws {
            try withTemporaryFolder { folder in
                let path = folder + "/model.safetensors"
                let parameters = ParameterSet([("a", [1000, 100])])
                try SafetensorsFile.write(parameters.tensors(), metadata: [:], to: path)
                let file = try SafetensorsFile(path: path)
                let handle = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
                let maps = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
                #expect(maps.contains(path))
                #expect(file.entries.count == 1)
            }
        }
    #endif

    @Test func aFileThatCannotBeWrittenLeavesNothingBehind() throws {
        try withTemporaryFolder { folder in
            let target = folder + "/folder"
            try FileManager.default.createDirectory(
                atPath: target + "/inner", withIntermediateDirectories: true)
            #expect(throws: SafetensorsError.self) {
                try SafetensorsFile.write(Self.parameters().tensors(), metadata: [:], to: target)
            }
            #expect(throws: SafetensorsError.self) {
                try SafetensorsFile.write(
                    Self.parameters().tensors(), metadata: [:], to: folder + "/none/model")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["folder"])
        }
    }
}
