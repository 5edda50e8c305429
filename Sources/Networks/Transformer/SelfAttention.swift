import CKernels
import Tensors

/// Attention over packed heads: gathers one head of one stream, turns queries and keys by their
/// places, and attends, forward and backward. What a member of a team needs for itself.
///
/// Nothing of the size T·T is kept: the gradient computes the probabilities again, block by block,
/// from each place's normaliser (Dao et al. 2022).
final class SelfAttention {
    private let width: Int
    private let head: Int
    private let heads: Int
    private let span: AttentionSpan
    private let cosines: FloatBuffer  // (places, d/2)
    private let sines: FloatBuffer

    // Packed rows of one head, (places, d padded); keys and values also in panels.
    private let queries: FloatBuffer
    private let keys: FloatBuffer
    private let values: FloatBuffer
    private let keyPanels: FloatBuffer
    private let output: FloatBuffer
    /// Forward: scores of a block; backward: the gradients of queries, keys and values.
    private let work: FloatBuffer
    private let dOutput: FloatBuffer
    private let rows: Int

    init(
        _ configuration: TransformerConfiguration, span: AttentionSpan, steps: Int,
        tables: (cosines: FloatBuffer, sines: FloatBuffer)
    ) {
        width = configuration.embedding
        head = configuration.head
        heads = configuration.heads
        self.span = span
        (cosines, sines) = tables
        let padded = (head + 31) / 32 * 32
        rows = (steps + 63) / 64 * 64
        let places = span.before + rows
        queries = FloatBuffer(zeros: rows * padded)
        keys = FloatBuffer(zeros: places * padded)
        values = FloatBuffer(zeros: places * padded)
        keyPanels = FloatBuffer(zeros: places * padded)
        output = FloatBuffer(zeros: rows * padded)
        dOutput = FloatBuffer(zeros: rows * padded)
        work = FloatBuffer(
            zeros: max(Int(CLARA_ATTENTION_PANEL) * places, 3 * rows * padded))
    }

    /// One head of one stream of a layer: `number` counts streams, and heads within them.
    struct Head {
        let number: Int
        /// Queries, keys and values of the window, (T·B, 3E).
        let own: Matrix
        /// Keys and values of the carried places, (before·B, 2E).
        let carried: Matrix
        /// ln Σ e^score of the window's places, (T).
        let normalisers: UnsafeMutablePointer<Float>
    }

    private var scale: Float { 1 / Float(head).squareRoot() }

    private struct Place {
        let stream: Int
        let column: Int
    }

    private func place(_ head: Head) -> Place {
        Place(stream: head.number / heads, column: head.number % heads * self.head)
    }

    /// Attends: `output` (T·B, E) gets the head's part.
    func forward(_ head: Head, output result: Matrix) {
        let place = place(head)
        packQueries(head, place)
        pack(head, place, part: 1, rows: nil, panels: keyPanels, turning: true)
        pack(head, place, part: 2, rows: values, panels: nil, turning: false)
        clara_attention_forward(
            output.base, head.normalisers, queries.base, keyPanels.base, values.base,
            span.firstKeys(ofStream: place.stream), span.count, span.before, self.head, work.base)
        clara_attention_unpack(
            result.base + place.stream * width + place.column, span.streams * width, output.base,
            span.count, self.head, nil, nil, 1)
    }

    /// From `dOutput` and `output` (T·B, E) writes the head's part of `dOwn` (T·B, 3E), the gradient
    /// of the window's queries, keys and values.
    func backward(_ head: Head, output result: Matrix, dOutput dResult: Matrix, dOwn: Matrix) {
        let place = place(head)
        packQueries(head, place)
        pack(head, place, part: 1, rows: keys, panels: keyPanels, turning: true)
        // As panels: the gradient multiplies values over the head's width.
        pack(head, place, part: 2, rows: nil, panels: values, turning: false)
        packOutput(result, place, into: output)
        packOutput(dResult, place, into: dOutput)
        let size = work.count / 3
        let (dQueries, dKeys, dValues) = (work.base, work.base + size, work.base + 2 * size)
        clara_attention_backward(
            dQueries, dKeys, dValues, queries.base, keyPanels.base, keys.base, values.base,
            output.base, dOutput.base, head.normalisers, span.firstKeys(ofStream: place.stream),
            span.count, span.before, self.head)
        unpack(dQueries, part: 0, place, dOwn, turning: true, scale: scale)
        unpack(dKeys, part: 1, place, dOwn, turning: true, scale: 1)
        unpack(dValues, part: 2, place, dOwn, turning: false, scale: 1)
    }

    // MARK: - Packing

    private func table(_ buffer: FloatBuffer, from place: Int) -> UnsafePointer<Float> {
        UnsafePointer(buffer.base + place * head / 2)
    }

    private func packQueries(_ head: Head, _ place: Place) {
        clara_attention_pack(
            queries.base, nil, head.own.base + place.stream * 3 * width + place.column,
            span.streams * 3 * width, 0, span.count, self.head,
            table(cosines, from: span.before), table(sines, from: span.before), scale)
    }

    /// Keys (part 1) or values (part 2): the carried places that are seen, then the window's own.
    private func pack(
        _ head: Head, _ place: Place, part: Int, rows: FloatBuffer?, panels: FloatBuffer?,
        turning: Bool
    ) {
        let first = min(span.before, Int(span.firstKeys(ofStream: place.stream)[0]))
        let pair = 2 * span.streams * width
        let old = head.carried.base + first * pair + (2 * place.stream + part - 1) * width
        copy(old, row: pair, place, first, span.before - first)
        let own = head.own.base + (3 * place.stream + part) * width
        copy(own, row: 3 * span.streams * width, place, span.before, span.count)

        func copy(
            _ base: UnsafePointer<Float>, row: Int, _ place: Place, _ start: Int, _ count: Int
        ) {
            clara_attention_pack(
                rows?.base, panels?.base, base + place.column, row, start, count, self.head,
                turning ? table(cosines, from: start) : nil,
                turning ? table(sines, from: start) : nil, 1)
        }
    }

    /// The head's part of `matrix` (T·B, E).
    private func packOutput(_ matrix: Matrix, _ place: Place, into buffer: FloatBuffer) {
        clara_attention_pack(
            buffer.base, nil, matrix.base + place.stream * width + place.column,
            span.streams * width, 0, span.count, head, nil, nil, 1)
    }

    private func unpack(
        _ gradient: UnsafePointer<Float>, part: Int, _ place: Place, _ dOwn: Matrix, turning: Bool,
        scale: Float
    ) {
        clara_attention_unpack(
            dOwn.base + (place.stream * 3 + part) * width + place.column, span.streams * 3 * width,
            gradient, span.count, head, turning ? table(cosines, from: span.before) : nil,
            turning ? table(sines, from: span.before) : nil, scale)
    }
}
