import Foundation

/// A file's bytes as the operating system maps them: pages are read when first touched, and shared
/// by all who map the file.
///
/// Safe to share between threads: the bytes are never written, and the object never changes.
final class MappedFile: @unchecked Sendable {
    /// Valid as long as this object lives.
    let bytes: UnsafeRawBufferPointer
    private let data: NSData

    init(path: String) throws {
        data = try NSData(contentsOfFile: path, options: .alwaysMapped)
        bytes = UnsafeRawBufferPointer(start: data.bytes, count: data.length)
    }
}
