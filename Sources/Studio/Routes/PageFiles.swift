import Files
import Foundation
import Hummingbird
import Synchronization

/// The page's files, in memory: what is not in this table is not there, whatever the address.
final class PageFiles: Sendable {
    struct File: Sendable {
        let buffer: ByteBuffer
        let contentType: String
        /// Changes with the bytes.
        let tag: String
    }

    private let table: Mutex<[String: File]>
    private let folder: String
    private let isLive: Bool

    /// - Parameters:
    ///   - folder: read once, with its folders.
    ///   - isLive: whether it is read again when the page is loaded, for those who write it.
    /// - Throws: `StudioError.missing` without an index.html.
    init(folder: String, isLive: Bool = false) throws(StudioError) {
        self.folder = folder
        self.isLive = isLive
        let files = Self.read(folder)
        guard files["index.html"] != nil else {
            throw .missing(
                "\(folder): has no page (index.html); build the studio again: swift build -c "
                    + "release --product clara-studio")
        }
        table = Mutex(files)
    }

    subscript(name: String) -> File? {
        if isLive {
            let files = Self.read(folder)
            if !files.isEmpty { table.withLock { $0 = files } }
        }
        return table.withLock { $0[name] }
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "json": "application/json; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "ico": "image/x-icon", "webp": "image/webp", "woff2": "font/woff2",
        "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
    ]
    /// More than the page may have.
    private static let largest = 4 << 20

    private static func read(_ folder: String) -> [String: File] {
        var files: [String: File] = [:]
        let names = FileManager.default.enumerator(atPath: folder)
        while let name = names?.nextObject() as? String {
            guard let type = types[(name as NSString).pathExtension],
                let bytes = try? WholeFile.bytes(of: "\(folder)/\(name)", limit: largest)
            else { continue }
            files[name] = File(
                buffer: ByteBuffer(bytes: bytes), contentType: type,
                tag: "\"\(ByteHash.of(bytes))\"")
        }
        return files
    }
}
