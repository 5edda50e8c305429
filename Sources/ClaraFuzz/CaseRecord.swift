import Foundation

/// Keeps the bytes that are being read in a file, so that they are known when reading them ends the
/// program: by a trap, or by the alarm that a hang sets off.
///
/// The file is mapped: keeping a case costs a copy, and survives whatever the program does next.
final class CaseRecord {
    /// The bytes in the file after which a case begins: its length.
    private static let prefix = MemoryLayout<UInt64>.size
    private static let size = 4 << 20
    /// A case may take so many seconds.
    private static let patience: UInt32 = 20

    let path: String
    private let memory: UnsafeMutableRawPointer

    /// - Throws: `CocoaError` where the file cannot be made.
    init(path: String) throws {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0, ftruncate(descriptor, off_t(Self.size)) == 0,
            let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
            memory != MAP_FAILED
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        close(descriptor)
        self.memory = memory
    }

    deinit { munmap(memory, Self.size) }

    /// Whether cases of so many bytes can be kept.
    static func holds(_ count: Int) -> Bool { count <= size - prefix }

    /// Keeps `bytes`, and sets the alarm for them.
    func begin(_ bytes: [UInt8]) {
        precondition(Self.holds(bytes.count), "a case is larger than its record")
        memory.storeBytes(of: UInt64(bytes.count), as: UInt64.self)
        bytes.withUnsafeBytes { source in
            (memory + Self.prefix).copyMemory(
                from: source.baseAddress ?? UnsafeRawPointer(memory), byteCount: source.count)
        }
        alarm(Self.patience)
    }

    /// Ends the alarm.
    func end() { alarm(0) }

    /// Removes the file: nothing went wrong.
    func remove() { unlink(path) }

    /// The bytes that a record left; nil where the file is none.
    static func bytes(ofRecord path: String) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path), data.count == size else {
            return nil
        }
        let count = data.prefix(prefix).reversed().reduce(0) { $0 << 8 | Int($1) }
        return holds(count) ? [UInt8](data.dropFirst(prefix).prefix(count)) : nil
    }
}
