"""Golden values for Tests/NetworksTests, from PyTorch.

The same Transformer language model as Sources/Networks/Transformer, with weights given by a formula,
built of torch's own layer_norm, gelu and softmax. Prints Swift literals. Needs torch:
python Benchmarks/golden/transformer_language_model.py
"""

import math

import torch
from torch.nn import functional as F

torch.set_num_threads(1)
RESET = 0


def formula(count, start):
    """0.4 · sin(0.37·index + 0.01·index² + start), in float32 as the tests compute it from doubles."""
    values = [
        0.4 * math.sin(0.37 * index + 0.01 * index * index + start) for index in range(count)]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32)


def turn(x, first):
    """Rotary positions: pairs (k, k + d/2) of x (T, H, d) turned by the angles of places first…"""
    half = x.shape[-1] // 2
    rates = 10_000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = (first + torch.arange(x.shape[0], dtype=torch.float64))[:, None] * rates
    cos, sin = (f(angles)[:, None].to(x.dtype) for f in (torch.cos, torch.sin))
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Model(torch.nn.Module):
    def __init__(self, dtype, vocabulary=7, width=8, layers=2, heads=2, feed_forward=10, window=5):
        super().__init__()
        self.layers, self.heads, self.window, self.width = layers, heads, window, width
        self.shapes = [("embedding.weight", (vocabulary, width))]
        for k in range(layers):
            self.shapes += [(f"transformer.{k}.{name}", shape) for name, shape in [
                ("norm1.weight", (width,)), ("norm1.bias", (width,)),
                ("self_attn.in_proj_weight", (3 * width, width)),
                ("self_attn.in_proj_bias", (3 * width,)),
                ("self_attn.out_proj.weight", (width, width)),
                ("self_attn.out_proj.bias", (width,)),
                ("norm2.weight", (width,)), ("norm2.bias", (width,)),
                ("linear1.weight", (feed_forward, width)), ("linear1.bias", (feed_forward,)),
                ("linear2.weight", (width, feed_forward)), ("linear2.bias", (width,))]]
        self.shapes += [("transformer.norm.weight", (width,)), ("transformer.norm.bias", (width,))]
        self.shapes += [("output.bias", (vocabulary,))]
        self.weights = torch.nn.ParameterDict()
        for index, (name, shape) in enumerate(self.shapes):
            values = formula(math.prod(shape), index).reshape(shape)
            if name.endswith(("norm.weight", "norm1.weight", "norm2.weight")):
                values = 1 + values
            self.weights[name.replace(".", "/")] = torch.nn.Parameter(values.to(dtype))

    def weight(self, name):
        return self.weights[name.replace(".", "/")]

    def norm(self, x, name):
        return F.layer_norm(
            x, (self.width,), self.weight(name + ".weight"), self.weight(name + ".bias"))

    def attention(self, x, name, pieces, carried):
        """x (T, E) of one stream; pieces: the number of each key's piece; carried: keys, values."""
        q, k, v = F.linear(
            x, self.weight(name + ".in_proj_weight"), self.weight(name + ".in_proj_bias")
        ).view(len(x), 3, self.heads, -1).unbind(1)
        k, v = torch.cat([carried[0], k]), torch.cat([carried[1], v])
        before = len(k) - len(q)
        scores = torch.einsum("qhd,khd->hqk", turn(q, before), turn(k, 0)) / math.sqrt(q.shape[-1])
        at = before + torch.arange(len(q))[:, None]
        key = torch.arange(len(k))
        visible = (key <= at) & (key > at - self.window) & (pieces == pieces[before:, None])
        y = torch.einsum(
            "hqk,khd->qhd", scores.masked_fill(~visible, -math.inf).softmax(-1), v)
        y = F.linear(y.flatten(1), self.weight(name + ".out_proj.weight"),
                     self.weight(name + ".out_proj.bias"))
        return y, (k[-(self.window - 1):].detach(), v[-(self.window - 1):].detach())

    def stream(self, tokens, state):
        """Logits (T, V) of one stream, and its state: keys and values carried, and their pieces."""
        piece = state["pieces"][-1] if len(state["pieces"]) else torch.tensor(0)
        pieces = torch.cat([state["pieces"], piece + (tokens == RESET).cumsum(0)])
        x = F.embedding(tokens, self.weight("embedding.weight"))
        carried = []
        for layer in range(self.layers):
            name = f"transformer.{layer}"
            y, kept = self.attention(
                self.norm(x, name + ".norm1"), name + ".self_attn", pieces, state["kv"][layer])
            carried.append(kept)
            x = x + y
            h = F.linear(self.norm(x, name + ".norm2"), self.weight(name + ".linear1.weight"),
                         self.weight(name + ".linear1.bias"))
            x = x + F.linear(F.gelu(h, approximate="tanh"), self.weight(name + ".linear2.weight"),
                             self.weight(name + ".linear2.bias"))
        x = self.norm(x, "transformer.norm")
        logits = x @ self.weight("embedding.weight").T + self.weight("output.bias")
        return logits, {"kv": carried, "pieces": pieces[-(self.window - 1):]}

    def nothing(self, streams):
        """The state of streams that have read nothing."""
        dtype = self.weight("output.bias").dtype
        empty = torch.zeros(0, self.heads, self.width // self.heads, dtype=dtype)
        return [{"kv": [(empty, empty)] * self.layers, "pieces": torch.zeros(0, dtype=torch.long)}
                for _ in range(streams)]

    def loss(self, window, state):
        """The sum of −ln p over the targets of a window (T, B), and the state after it."""
        inputs, targets = window
        results = [self.stream(inputs[:, b], state[b]) for b in range(inputs.shape[1])]
        loss = sum(
            F.cross_entropy(logits, targets[:, b], ignore_index=-1, reduction="sum")
            for b, (logits, _) in enumerate(results))
        return loss, [after for _, after in results]


def windows(steps=6, streams=3, vocabulary=7):
    """Three windows; a piece ends and another begins within stream 1 of the second."""
    dealt = []
    for window in range(3):
        tokens = torch.empty(steps + 1, streams, dtype=torch.long)
        for step in range(steps + 1):
            for stream in range(streams):
                tokens[step, stream] = 1 + (5 * (step + steps * window) + 3 * stream) % (vocabulary - 1)
                if window == 0 and step == 0 or window == 1 and step == 2 and stream == 1:
                    tokens[step, stream] = RESET
        targets = tokens[1:].clone()
        targets[targets == RESET] = -1
        dealt.append((tokens[:-1], targets))
    return dealt


def run(dtype):
    model, dealt = Model(dtype), windows()
    state, losses = model.nothing(3), []
    with torch.no_grad():
        for window in dealt:
            loss, state = model.loss(window, state)
            losses.append(loss.item())
        print("losses of the three windows in turn:", [f"{x:.7f}" for x in losses])
        _, state = model.loss(dealt[0], model.nothing(3))
    loss, _ = model.loss(dealt[1], state)
    (loss / (dealt[1][1] >= 0).sum()).backward()
    print("gradients of the second's mean loss: (name, sum, sum of magnitudes, first, last)")
    for name, _ in model.shapes:
        g = model.weight(name).grad.flatten()
        print(f'("{name}", [{g.sum():.7e}, {g.abs().sum():.7e}, {g[0]:.7e}, {g[-1]:.7e}]),')


if __name__ == "__main__":
    print(f"torch {torch.__version__}, in double precision from weights in single precision")
    run(torch.float64)
