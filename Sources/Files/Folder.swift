#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Folders that files are to be written into.
package enum Folder {
    /// Makes the folder, and those above it, where they are missing.
    package static func make(_ path: String) throws(FileError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .inTheWay }
            return
        }
        // No system takes longer ones, and they would be gone through part by part.
        guard path.utf8.count < PATH_MAX else { throw .system("its path is too long") }
        let above = above(path)
        if above != path { try make(above) }
        // Another program may have been faster.
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .latest }
    }

    /// The folder that a file or a folder lies in; `/` lies in itself.
    package static func above(_ path: String) -> String {
        let name = path.reversed().drop { $0 == "/" }
        guard let slash = name.firstIndex(of: "/") else {
            return path.hasPrefix("/") ? "/" : "."
        }
        let folder = String(name[slash...].drop { $0 == "/" }.reversed())
        return folder.isEmpty ? "/" : folder
    }
}
