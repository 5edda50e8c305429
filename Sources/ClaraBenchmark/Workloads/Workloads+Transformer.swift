import CKernels
import Tensors

extension Workloads {
    /// The Transformer's loops: 256 rows of width 256, and a head of width 32 over 256 places.
    static var transformer: [Workload] { rows + attention }

    private static var rows: [Workload] {
        let (rows, width) = (256, 256)
        let buffers = (0..<4).map { numbers(rows * width, seed: $0) }
        let vectors = (0..<4).map { numbers(width, seed: $0) }
        let scales = numbers(rows)
        return [
            Workload("layer norm, forward", elements: rows * width) {
                clara_layer_norm_forward(
                    buffers[1].base, buffers[2].base, scales.base, buffers[0].base,
                    vectors[0].base, vectors[1].base, rows, width, 1e-5)
            },
            Workload("layer norm, output again", elements: rows * width) {
                clara_layer_norm_output(
                    buffers[1].base, buffers[2].base, vectors[0].base, vectors[1].base, rows, width)
            },
            Workload("layer norm, backward", elements: rows * width) {
                clara_layer_norm_backward(
                    buffers[3].base, vectors[2].base, vectors[3].base, buffers[1].base,
                    buffers[2].base, scales.base, vectors[0].base, rows, width)
            },
            Workload("GELU, forward", elements: rows * width) {
                clara_gelu_forward(
                    buffers[1].base, buffers[0].base, vectors[1].base, rows, width)
            },
            Workload("GELU, backward", elements: rows * width) {
                clara_gelu_backward(
                    buffers[2].base, buffers[0].base, buffers[1].base, rows * width)
            },
        ]
    }

    private static var attention: [Workload] {
        let (count, head) = (256, 32)
        let x = numbers(count * head)
        let (cosines, sines) = (numbers(count * head / 2), numbers(count * head / 2))
        let rows = (0..<8).map { numbers(count * head, seed: $0) }
        let panels = (0..<2).map { numbers(count * head, seed: $0) }
        let normalisers = FloatBuffer(zeros: count)
        let scores = FloatBuffer(zeros: Int(CLARA_ATTENTION_PANEL) * count)
        let firstKeys = SpareNumbers<Int32>(count: count)
        return [
            Workload("attention, packing", elements: count * head) {
                clara_attention_pack(
                    rows[0].base, panels[0].base, x.base, head, 0, count, head, cosines.base,
                    sines.base, 0.2)
            },
            Workload("attention, unpacking", elements: count * head) {
                clara_attention_unpack(
                    x.base, head, rows[0].base, count, head, cosines.base, sines.base, 0.2)
            },
            Workload("attention, forward", elements: count * head) {
                clara_attention_forward(
                    rows[1].base, normalisers.base, rows[0].base, panels[0].base, rows[2].base,
                    firstKeys.base, count, 0, head, scores.base)
            },
            Workload("attention, backward", elements: count * head) {
                clara_attention_backward(
                    rows[3].base, rows[4].base, rows[5].base, rows[0].base, panels[0].base,
                    rows[6].base, panels[1].base, rows[1].base, rows[7].base, normalisers.base,
                    firstKeys.base, count, 0, head)
            },
        ]
    }
}
