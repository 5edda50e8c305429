/// The most allocations that three calls of each workload of `clara-benchmark kernels` may make, once
/// memory has been planned: none, but for those that prove that the counter counts.
let allocationThresholds: [String: Int] = [
    "one allocation, on purpose": 3,
    "one allocation in another thread, on purpose": 3,

    "LSTM cell, forward": 0,
    "LSTM cell, backward": 0,
    "softmax and cross-entropy": 0,
    "add": 0,
    "multiply": 0,
    "scale": 0,
    "add a bias": 0,
    "add the sums of rows": 0,
    "sum of squares": 0,
    "dropout": 0,
    "Adam": 0,
    "16-bit product, 1 stream": 0,
    "16-bit product, 16 streams": 0,
    "add 16-bit numbers": 0,
    "32-bit to 16-bit numbers": 0,
    "16-bit to 32-bit numbers": 0,

    "8-bit LSTM layer, 1 stream": 0,
    "8-bit LSTM layer, 16 streams": 0,
    "8-bit product": 0,
    "8-bit sums of a panel": 0,
    "rounding to 8 bits": 0,

    "layer norm, forward": 0,
    "layer norm, output again": 0,
    "layer norm, backward": 0,
    "GELU, forward": 0,
    "GELU, backward": 0,
    "attention, packing": 0,
    "attention, unpacking": 0,
    "attention, forward": 0,
    "attention, backward": 0,

    "product": 0,
    "product by a team": 0,
    "packing a matrix": 0,
    "product with a packed matrix": 0,
    // Wavefront.run's closure carries its types along: two a step, to become none.
    "LSTM, training step": 6,
    "LSTM, training step, regularised": 6,
    "Transformer, training step": 0,
    "Transformer, training step, regularised": 0,

    "LSTM, step, float32, 1 stream": 0,
    "LSTM, generating, float32, 1 stream": 0,
    "LSTM, step, float32, 16 streams": 0,
    "LSTM, generating, float32, 16 streams": 0,
    "LSTM, step, float16, 1 stream": 0,
    "LSTM, generating, float16, 1 stream": 0,
    "LSTM, step, float16, 16 streams": 0,
    "LSTM, generating, float16, 16 streams": 0,
    "LSTM, step, int8, 1 stream": 0,
    "LSTM, generating, int8, 1 stream": 0,
    "LSTM, step, int8, 16 streams": 0,
    "LSTM, generating, int8, 16 streams": 0,

    // LSTMInference.take makes a list of the contexts' ids: one a step, to become none.
    "LSTM, step with contexts": 3,

    "sampling": 0,
    "sampling with temperature and min-p": 0,
    "sampling with top-k and top-p": 0,
]
