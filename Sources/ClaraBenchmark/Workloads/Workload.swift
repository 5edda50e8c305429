import CAllocationCounter
import Tensors

/// Something that is measured alone: how long it takes, and how often it takes memory.
struct Workload {
    let name: String
    /// How many numbers (or tokens) one call works on; what the time is divided by.
    let elements: Int
    /// Runs it, and says how often it took memory while that was counted.
    private let run: (_ counting: Bool) -> Int

    /// - Parameter call: done once; all of it is counted.
    init(_ name: String, elements: Int, _ call: @escaping () -> Void) {
        self.name = name
        self.elements = elements
        run = { counting in
            if counting { clara_allocations_begin() }
            call()
            return counting ? Int(clara_allocations_end()) : 0
        }
    }

    /// - Parameter call: done once; counts what it says itself, between begin and end.
    init(_ name: String, elements: Int, countingItself call: @escaping () -> Int) {
        self.name = name
        self.elements = elements
        run = { _ in call() }
    }

    /// Allocations of three calls after two that may plan memory: the fewest of four times three, as
    /// other threads of the process may be starting at first.
    func allocations() -> Int {
        for _ in 0..<2 { _ = run(false) }
        let counts = (0..<4).map { _ in (0..<3).reduce(0) { sum, _ in sum + run(true) } }
        return counts.min() ?? 0
    }

    func nanosecondsPerElement(forSeconds seconds: Double) -> Double {
        let times = Measuring.repeating(forSeconds: seconds, atLeast: 5) { _ = run(false) }
        return 1e9 * Measuring.median(times) / Double(elements)
    }
}

/// All of them: what must not take memory in a steady step, and the proof that the counter counts.
enum Workloads {
    static func all(threads: Int) throws -> [Workload] {
        try counter + kernels + int8 + transformer + products(threads: threads)
            + steps(threads: threads)
    }

    /// Takes memory once in each call, which the counter must see.
    private static var counter: [Workload] {
        let spare = ThreadTeam(threads: 2)
        return [
            Workload("one allocation, on purpose", elements: 1) {
                UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16).deallocate()
            },
            Workload("one allocation in another thread, on purpose", elements: 1) {
                spare.run(with: ()) { _, member in
                    guard member == 1 else { return }
                    UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 16).deallocate()
                }
            },
        ]
    }
}
