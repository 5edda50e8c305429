import Foundation
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsDamageTests {
    /// A small file's bytes.
    private static func whole() throws -> Data {
        try withTemporaryFolder { folder in
            try SafetensorsFile.write(
                SafetensorsTests.parameters().tensors(), metadata: ["k": "v"], to: folder + "/m")
            return try Data(contentsOf: URL(fileURLWithPath: folder + "/m"))
        }
    }

    /// A file of the given header, without regard to what it says, and `size` bytes of data.
    private static func file(header: String, size: Int) -> Data {
        let length = UInt64(header.utf8.count).littleEndian
        return withUnsafeBytes(of: length) { Data($0) } + Data(header.utf8) + Data(count: size)
    }

    /// What reading all of `bytes`' tensors throws; nil if all is well.
    private static func error(reading bytes: Data, in folder: String) throws -> SafetensorsError? {
        let path = folder + "/m"
        try bytes.write(to: URL(fileURLWithPath: path))
        do throws(SafetensorsError) {
            let file = try SafetensorsFile(path: path)
            let parameters = ParameterSet(like: SafetensorsTests.parameters())
            try parameters.load(from: file)
            // Every byte that the header promises can be touched.
            for entry in file.entries.values {
                guard let type = SafetensorsFile.ElementType(rawValue: entry.type) else { continue }
                for (name, other) in file.entries where other == entry {
                    let bytes = try file.bytes(of: name, type: type, shape: entry.shape)
                    _ = bytes.reduce(0) { $0 &+ Int($1) }
                }
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func aFileCutShortAnywhereIsRefused() throws {
        let whole = try Self.whole()
        try withTemporaryFolder { folder in
            #expect(try Self.error(reading: whole, in: folder) == nil)
            for count in 0..<whole.count {
                let error = try Self.error(reading: whole.prefix(count), in: folder)
                switch error {
                case .notSafetensors where count < 8: break
                case .truncated(_, let expected, count) where expected > count && count >= 8: break
                default: Issue.record("cut to \(count) bytes: \(String(describing: error))")
                }
            }
        }
    }

    /// Bytes changed at random in the length and the header: read or refused, never a crash.
    @Test func corruptedHeadersNeverCrash() throws {
        let whole = try Self.whole()
        let headerEnd = 8 + Int(whole[0]) + Int(whole[1]) << 8
        var generator = SeededGenerator(seed: 6)
        var refused = 0
        try withTemporaryFolder { folder in
            for _ in 0..<2500 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let place = Int.random(in: 0..<headerEnd, using: &generator)
                    bytes[place] =
                        Bool.random(using: &generator)
                        ? UInt8.random(in: 0...255, using: &generator)
                        : Array("0123456789-.,:[]{}\"e ".utf8).randomElement(using: &generator) ?? 0
                }
                if try Self.error(reading: bytes, in: folder) != nil { refused += 1 }
            }
        }
        #expect(refused > 1250)
    }

    /// Headers that are JSON, but promise what cannot be.
    static let impossible: [(what: String, header: String)] = [
        ("an array", "[]"),
        ("a number", "3"),
        ("nothing", ""),
        ("metadata of numbers", #"{"__metadata__":{"a":1}}"#),
        ("a tensor without offsets", #"{"a":{"dtype":"F32","shape":[1]}}"#),
        ("one offset", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#),
        ("three offsets", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}"#),
        ("a negative offset", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#),
        ("offsets backwards", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}"#),
        (
            "the largest offset",
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#
        ),
        (
            "an offset past any integer",
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}"#
        ),
        ("a fractional offset", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.5]}}"#),
        ("an offset past the end", #"{"a":{"dtype":"F32","shape":[17],"data_offsets":[0,68]}}"#),
        ("a shape too small", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#),
        ("a shape too large", #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#),
        ("a negative size", #"{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}"#),
        (
            "sizes whose product overflows",
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#
        ),
        (
            "sizes whose product overflows to nothing",
            #"{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,0]}}"#
        ),
        ("a type that is no text", #"{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}"#),
        (
            "brackets without end", String(repeating: #"{"a":"#, count: 20_000)
        ),
    ]

    @Test(arguments: impossible)
    func impossibleHeadersAreRefused(what: String, header: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m"
            try Self.file(header: header, size: 64).write(to: URL(fileURLWithPath: path))
            #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
        }
    }

    @Test func headersOfImpossibleLengthAreRefused() throws {
        try withTemporaryFolder { folder in
            for length: UInt64 in [200, 100_000_000, 100_000_001, 1 << 62, 1 << 63, .max] {
                let bytes = withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data(count: 100)
                let error = try Self.error(reading: bytes, in: folder)
                #expect(error != nil, "\(length)")
            }
        }
    }

    /// Types that this library does not read are no error as long as nobody asks for them.
    @Test func tensorsOfOtherTypesAreLeftAlone() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m"
            let header =
                #"{"a":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]},"#
                + #""b":{"dtype":"F32","shape":[1],"data_offsets":[6,10]}}"#
            try Self.file(header: header, size: 10).write(to: URL(fileURLWithPath: path))
            let file = try SafetensorsFile(path: path)
            #expect(throws: SafetensorsError.self) {
                try file.bytes(of: "a", type: .float16, shape: [3])
            }
        }
    }
}

@Suite struct SafetensorsMessageTests {
    private static func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func everyErrorSaysWhatAndWhere() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/m"
            let parameters = SafetensorsTests.parameters()
            try SafetensorsFile.write(parameters.tensors(), metadata: [:], to: path)
            let file = try SafetensorsFile(path: path)
            func reading(_ name: String, _ content: String) throws -> String {
                let path = folder + "/" + name
                try Data(content.utf8).write(to: URL(fileURLWithPath: path))
                return Self.message { _ = try SafetensorsFile(path: path) }
            }
            func header(_ json: String, then data: String = "") -> String {
                String(UnicodeScalar(UInt8(json.utf8.count))) + String(repeating: "\0", count: 7)
                    + json + data
            }
            func tensor(_ offsets: String, _ shape: String) -> String {
                header(#"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":\#(offsets)}}"#)
            }
            let table: [(found: String, expected: String)] = [
                (
                    Self.message { _ = try file.bytes(of: "z", type: .float32, shape: [1]) },
                    "\(path): has no tensor “z”; it was made for another network"
                ),
                (
                    Self.message { _ = try file.bytes(of: "a", type: .float32, shape: [5, 3]) },
                    "\(path): tensor “a” should have shape [5, 3], but has [3, 5]"
                ),
                (
                    Self.message { _ = try file.bytes(of: "a", type: .float16, shape: [3, 5]) },
                    "\(path): tensor “a” should be of type F16, but is F32"
                ),
                (
                    Self.message { _ = try SafetensorsFile(path: folder + "/none") },
                    "\(folder)/none: cannot be read: there is no such file"
                ),
                (
                    Self.message { _ = try SafetensorsFile(path: folder) },
                    "\(folder): cannot be read: it is a folder"
                ),
                (
                    Self.message { _ = try SafetensorsFile(path: path + "/inside") },
                    "\(path)/inside: cannot be read: there is no such file"
                ),
                (
                    Self.message { _ = try SafetensorsFile(path: "/dev/null") },
                    "/dev/null: cannot be read: it is no regular file"
                ),
                (
                    try reading("empty", ""),
                    "\(folder)/empty: not a safetensors file: 0 bytes are too few for a header"
                ),
                (
                    try reading("text", "Once upon a time"),
                    "\(folder)/text: not a safetensors file: "
                        + "a header of 8030046917602012751 bytes is not plausible"
                ),
                (
                    try reading("json", header("{]")),
                    "\(folder)/json: not a safetensors file: its header is not the JSON it should be"
                ),
                (
                    try reading("cut", tensor("[0,40]", "[10]")),
                    "\(folder)/cut: cut short: its header promises 104 bytes, but there are 64; "
                        + "copy or train the model again"
                ),
                (
                    try reading("offsets", tensor("[4,0]", "[1]")),
                    "\(folder)/offsets: not a safetensors file: tensor “a” has impossible offsets"
                ),
                (
                    try reading("shape", tensor("[0,0]", "[2]")),
                    "\(folder)/shape: not a safetensors file: "
                        + "tensor “a” is not as long as its shape [2]"
                ),
                (
                    try reading("size", tensor("[0,0]", "[-1]")),
                    "\(folder)/size: not a safetensors file: tensor “a” has an impossible shape"
                ),
            ]
            for (found, expected) in table { #expect(found == expected) }
        }
    }
}
