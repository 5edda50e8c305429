import ArgumentParser
import Tensors

#if canImport(COpenBLAS)
    import COpenBLAS
#endif

/// The machine's rate in matrix products: the fastest of the network's large ones by BLAS.
struct SgemmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sgemm", abstract: "The rate of BLAS in the network's large products.")

    @OptionGroup var options: RunOptions

    /// (m × k)·(k × n), both factors as they lie or one transposed.
    private static let shapes: [(name: String, m: Int, k: Int, n: Int, Orientation, Orientation)] =
        [
            ("forward", 6400, 600, 2400, .asIs, .transposed),
            ("gradient of the input", 6400, 2400, 600, .asIs, .asIs),
            ("gradient of the weights", 2400, 6400, 600, .transposed, .asIs),
        ]

    func run() throws {
        let team = ThreadTeam(threads: options.threads)
        var rates: [Rate] = []
        for (name, m, k, n, left, right) in Self.shapes {
            let factors = [random(m * k), random(k * n), FloatBuffer(zeros: m * n)]
            defer { withExtendedLifetime(factors) {} }
            let a = matrix(factors[0], m, k, left)
            let b = matrix(factors[1], k, n, right)
            let c = factors[2].matrix(rows: m, columns: n)
            let flops = 2 * Double(m) * Double(k) * Double(n)
            func measure(_ threads: String, _ multiply: () -> Void) {
                let times = Measuring.repeating(forSeconds: options.seconds / 8, multiply)
                rates.append(
                    Rate(
                        product: name, threads: threads,
                        gigaflopsPerSecond: 1e-9 * flops / Measuring.median(times)))
            }
            measure("a team's") { c.setProduct(a, left, b, right, by: team) }
            #if canImport(COpenBLAS)
                openblas_set_num_threads(Int32(options.threads))
                measure("BLAS's own") { c.setProduct(a, left, b, right) }
                openblas_set_num_threads(1)
            #endif
        }
        try Report.print(
            Result(
                threads: options.threads,
                gigaflopsPerSecond: rates.map(\.gigaflopsPerSecond).max() ?? 0, products: rates))
    }

    private func random(_ count: Int) -> FloatBuffer {
        let buffer = FloatBuffer(zeros: count)
        buffer.fillRandomly()
        return buffer
    }

    private func matrix(
        _ buffer: FloatBuffer, _ rows: Int, _ columns: Int, _ orientation: Orientation
    ) -> Matrix {
        let (rows, columns) = orientation == .asIs ? (rows, columns) : (columns, rows)
        return buffer.matrix(rows: rows, columns: columns)
    }

    private struct Rate: Encodable {
        let product: String
        let threads: String
        let gigaflopsPerSecond: Double
    }

    private struct Result: Encodable {
        let threads: Int
        let gigaflopsPerSecond: Double
        let products: [Rate]
    }
}
