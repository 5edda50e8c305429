import ArgumentParser
import CAllocationCounter
import Foundation

/// Each kernel and step alone: time for each element, and how often it takes memory.
struct KernelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels",
        abstract: "Kernels and steps alone: nanoseconds an element, allocations.")

    @OptionGroup var options: RunOptions

    @Option(help: "Only those whose names contain this.")
    var filter: String?

    @Flag(help: "Count allocations without timing.")
    var allocationsOnly = false

    @Flag(help: "A table instead of JSON.")
    var table = false

    func run() throws {
        let canCount = clara_allocations_can_be_counted()
        let workloads = try Workloads.all(threads: options.threads).filter {
            filter.map($0.name.contains) ?? true
        }
        let results = workloads.map { workload in
            Result(
                name: workload.name, elements: workload.elements,
                allocations: canCount ? workload.allocations() : nil,
                nanosecondsPerElement: allocationsOnly
                    ? nil
                    : workload.nanosecondsPerElement(
                        forSeconds: options.seconds / Double(workloads.count)))
        }
        guard table else { return try Report.print(results) }
        for result in results { print(result.line) }
    }

    private struct Result: Encodable {
        let name: String
        let elements: Int
        /// Of three calls; nil where this platform cannot count them.
        let allocations: Int?
        let nanosecondsPerElement: Double?

        var line: String {
            let name = name.padding(toLength: 52, withPad: " ", startingAt: 0)
            let time = nanosecondsPerElement.map { String(format: "%12.4f ns", $0) } ?? ""
            return "\(name)\(time)  \(allocations.map { "\($0) allocations" } ?? "")"
        }
    }
}
