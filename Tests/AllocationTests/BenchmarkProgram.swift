import Foundation

/// The built program `clara-benchmark`.
enum BenchmarkProgram {
    /// False where the program says so: without glibc, or with a sanitizer.
    static var canCount: Bool { (try? counts().isEmpty) != true }

    /// Allocations of three calls of each workload; empty where they cannot be counted.
    static func counts() throws -> [String: Int] { try counted.get() }

    /// Counted once, for all tests.
    private static let counted = Result { try count() }

    private struct Workload: Decodable {
        let name: String
        let allocations: Int?
    }

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private static func count() throws -> [String: Int] {
        let process = Process()
        process.executableURL = try executable()
        process.arguments = ["kernels", "--allocations-only", "--threads", "2"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "clara-benchmark ended with \(process.terminationStatus)")
        }
        let workloads = try JSONDecoder().decode([Workload].self, from: data)
        return Dictionary(
            workloads.compactMap { workload in
                workload.allocations.map { (workload.name, $0) }
            },
            uniquingKeysWith: +)
    }

    private final class TestBundle {}

    /// `CLARA_BENCHMARK`, or the program that was built together with these tests.
    private static func executable() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["CLARA_BENCHMARK"] {
            return URL(fileURLWithPath: path)
        }
        let bundle = Bundle(for: TestBundle.self).bundleURL
        let candidates = [
            bundle, bundle.deletingLastPathComponent(),
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
        ].map { $0.appendingPathComponent("clara-benchmark") }
        let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else {
            throw Failed(
                description: "clara-benchmark is in none of \(candidates.map(\.path)); build it")
        }
        return found
    }
}
