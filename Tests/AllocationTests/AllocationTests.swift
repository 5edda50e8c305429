import Testing

/// What must not take memory in a steady step, counted by `clara-benchmark kernels` in a process of
/// its own: there no other test allocates, and all threads can be counted.
@Suite(.enabled(if: BenchmarkProgram.canCount, "allocations are counted with glibc only"))
struct AllocationTests {
    @Test(arguments: allocationThresholds.keys.sorted())
    func takesNoMoreMemoryThanItsThresholdAllows(workload: String) throws {
        let allocations = try #require(try BenchmarkProgram.counts()[workload])
        let threshold = try #require(allocationThresholds[workload])
        #expect(allocations <= threshold, "\(workload): \(allocations) in three calls")
    }

    @Test func everyWorkloadHasAThreshold() throws {
        #expect(try Set(BenchmarkProgram.counts().keys) == Set(allocationThresholds.keys))
    }

    @Test(arguments: [
        "one allocation, on purpose", "one allocation in another thread, on purpose",
    ])
    func theCounterSeesEachAllocation(workload: String) throws {
        #expect(try BenchmarkProgram.counts()[workload] == 3)
    }
}
