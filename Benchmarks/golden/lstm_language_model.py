"""Golden values for Tests/NetworksTests, from PyTorch.

The same tied LSTM language model as Sources/Networks/LSTM, with weights given by a formula. Prints
Swift literals. Needs torch:  python Benchmarks/golden/lstm_language_model.py
"""

import math

import torch

torch.set_num_threads(1)
torch.manual_seed(0)
VOCABULARY, EMBEDDING, HIDDEN, LAYERS = 7, 5, 6, 3
STEPS, STREAMS = 6, 3


def formula(count, start, size):
    """size · sin(0.37·index + start), in float32 as the tests compute it from doubles."""
    values = [size * math.sin(0.37 * index + start) for index in range(count)]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32)


class Model(torch.nn.Module):
    def __init__(self, dtype):
        super().__init__()
        self.shapes = [("embedding.weight", (VOCABULARY, EMBEDDING))]
        for layer in range(LAYERS):
            inputs = EMBEDDING if layer == 0 else HIDDEN
            outputs = EMBEDDING if layer == LAYERS - 1 else HIDDEN
            self.shapes.append((f"lstm.{layer}.weight_ih", (4 * outputs, inputs)))
            self.shapes.append((f"lstm.{layer}.weight_hh", (4 * outputs, outputs)))
            self.shapes.append((f"lstm.{layer}.bias", (4 * outputs,)))
        self.shapes.append(("output.bias", (VOCABULARY,)))
        self.weights = torch.nn.ParameterList()
        for index, (name, shape) in enumerate(self.shapes):
            values = formula(math.prod(shape), index, 0.6).reshape(shape)
            self.weights.append(torch.nn.Parameter(values.to(dtype)))

    def cells(self, layer, inputs, state):
        """One step of torch's own LSTM layer; b_ih = bias, b_hh = 0."""
        w_ih, w_hh, bias = self.weights[1 + 3 * layer : 4 + 3 * layer]
        return torch._VF.lstm_cell(inputs, state, w_ih, w_hh, bias, torch.zeros_like(bias))

    def forward(self, tokens, state, reset):
        """tokens (T, B); a stream's state is zero where its token is `reset`. Logits (T, B, V)."""
        logits = []
        for step in range(tokens.shape[0]):
            keep = (tokens[step] != reset).to(self.weights[0].dtype).unsqueeze(1)
            x = self.weights[0][tokens[step]]
            for layer in range(LAYERS):
                h, c = state[layer]
                state[layer] = self.cells(layer, x, (h * keep, c * keep))
                x = state[layer][0]
            logits.append(x @ self.weights[0].T + self.weights[-1])
        return torch.stack(logits), state


def windows():
    """Three windows; a piece ends and another begins within stream 1 of the second."""
    dealt = []
    for window in range(3):
        tokens = torch.empty(STEPS + 1, STREAMS, dtype=torch.long)
        for step in range(STEPS + 1):
            for stream in range(STREAMS):
                tokens[step, stream] = 1 + (5 * (step + STEPS * window) + 3 * stream) % 6
                if window == 0 and step == 0:
                    tokens[step, stream] = 0
                if window == 1 and step == 2 and stream == 1:
                    tokens[step, stream] = 0
        targets = tokens[1:].clone()
        targets[targets == 0] = -1
        dealt.append((tokens[:-1], targets))
    return dealt


def zero_state(dtype):
    widths = [HIDDEN] * (LAYERS - 1) + [EMBEDDING]
    return [(torch.zeros(STREAMS, w, dtype=dtype), torch.zeros(STREAMS, w, dtype=dtype)) for w in widths]


def loss_of(model, window, state):
    logits, state = model(window[0], state, reset=0)
    loss = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), window[1].flatten(), ignore_index=-1, reduction="sum")
    return loss, [(h.detach(), c.detach()) for h, c in state]


def run(dtype):
    model = Model(dtype)
    dealt = windows()
    state = zero_state(dtype)
    losses = []
    for window in dealt:
        with torch.no_grad():
            loss, state = loss_of(model, window, state)
        losses.append(loss.item())
    print("losses of the three windows in turn, state carried:", [f"{x:.7f}" for x in losses])

    # Gradients of the mean loss of the second window, after the first.
    with torch.no_grad():
        _, state = loss_of(model, dealt[0], zero_state(dtype))
    loss, _ = loss_of(model, dealt[1], state)
    (loss / (dealt[1][1] >= 0).sum()).backward()
    print("gradients: (name, sum, sum of magnitudes, first, last)")
    for (name, _), weight in zip(model.shapes, model.weights):
        g = weight.grad.flatten()
        print(f'("{name}", {g.sum():.7e}, {g.abs().sum():.7e}, {g[0]:.7e}, {g[-1]:.7e}),')
    norm = math.sqrt(sum((w.grad**2).sum().item() for w in model.weights))
    print(f"norm {norm:.8f}")


print(f"torch {torch.__version__}, in double precision from weights in single precision")
run(torch.float64)
