"""Fifty training steps of a small AWD-LSTM by PyTorch, for Tests/TrainingTests/FiftyStepsTests.swift.

The same network, windows and optimiser as the test: weights and tokens by formula, three layers, tied
output, pieces that begin within windows, carried state, activation and temporal activation
regularisation, clipping, AdamW or Adam that decays the layers' matrices only, no dropout. Prints the loss of
each step, in nats over the window, as Swift literals. In double precision, from weights in single
precision, so that the numbers are of the mathematics and not of a machine's rounding.

Needs torch:  python Benchmarks/fifty_steps_lstm.py
"""

import math

import torch

VOCABULARY, EMBEDDING, HIDDEN, LAYERS = 11, 12, 20, 3
STEPS, STREAMS, WINDOWS = 10, 4, 5
ALPHA, BETA = 2.0, 1.0
RATE, BETAS, CLIP = 0.01, (0.7, 0.99), 0.2
DTYPE = torch.float64


def shapes():
    yield "embedding.weight", (VOCABULARY, EMBEDDING)
    for layer in range(LAYERS):
        inputs = EMBEDDING if layer == 0 else HIDDEN
        outputs = EMBEDDING if layer == LAYERS - 1 else HIDDEN
        yield f"lstm.{layer}.weight_ih", (4 * outputs, inputs)
        yield f"lstm.{layer}.weight_hh", (4 * outputs, outputs)
        yield f"lstm.{layer}.bias", (4 * outputs,)
    yield "output.bias", (VOCABULARY,)


def parameters():
    """0.4 · sin(0.37·index + number of the tensor), rounded to single precision."""
    result = {}
    for number, (name, shape) in enumerate(shapes()):
        values = [0.4 * math.sin(0.37 * index + number) for index in range(math.prod(shape))]
        single = torch.tensor(values, dtype=torch.float64).to(torch.float32).reshape(shape)
        result[name] = torch.nn.Parameter(single.to(DTYPE))
    return result


def token(place, stream):
    """A piece of each stream is 17 + stream tokens: 0, its start, and then 1…10."""
    offset = place % (17 + stream)
    return 0 if offset == 0 else 1 + (3 * offset + offset * offset // 5 + stream) % (VOCABULARY - 1)


def window(number):
    first = number % WINDOWS * STEPS
    places = range(first, first + STEPS)
    inputs = torch.tensor([[token(p, s) for s in range(STREAMS)] for p in places])
    targets = torch.tensor([[token(p + 1, s) for s in range(STREAMS)] for p in places])
    # Nothing is asked at the end of a piece.
    return inputs, targets.masked_fill(targets == 0, -1)


def forward(weights, inputs, state):
    """inputs (T, B) → features (T, B, E), by torch's own LSTM cell; a 0 resets its stream's state."""
    features = []
    for step in range(STEPS):
        keep = (inputs[step] != 0).to(DTYPE).unsqueeze(1)
        x = weights["embedding.weight"][inputs[step]]
        for layer in range(LAYERS):
            w_ih, w_hh, bias = (weights[f"lstm.{layer}.{n}"] for n in ("weight_ih", "weight_hh", "bias"))
            h, c = state[layer]
            state[layer] = torch._VF.lstm_cell(
                x, (h * keep, c * keep), w_ih, w_hh, bias, torch.zeros_like(bias))
            x = state[layer][0]
        features.append(x)
    return torch.stack(features), state


def penalties(features, inputs):
    """α·mean(h²) and β·mean((h_t − h_{t−1})²). The means are over all places, or all but the window's
    first step, but a piece's last token, of which nothing is asked, adds nothing to the sums, nor does
    the change into a piece's start."""
    kept = torch.ones(inputs.shape, dtype=torch.bool)
    kept[:-1] &= inputs[1:] != 0
    activation = (features**2 * kept.unsqueeze(2)).sum() / features.numel()
    change = (features[1:] - features[:-1]) ** 2
    counts = kept[1:] & (inputs[1:] != 0)
    temporal = (change * counts.unsqueeze(2)).sum() / change.numel()
    return ALPHA * activation + BETA * temporal


def train(kind, decay):
    weights = parameters()
    decayed = [w for n, w in weights.items() if w.dim() > 1 and n != "embedding.weight"]
    others = [w for n, w in weights.items() if w.dim() == 1 or n == "embedding.weight"]
    optimiser = kind(
        [{"params": decayed, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}],
        lr=RATE, betas=BETAS, eps=1e-8)
    widths = [HIDDEN] * (LAYERS - 1) + [EMBEDDING]
    state = [(torch.zeros(STREAMS, w, dtype=DTYPE), torch.zeros(STREAMS, w, dtype=DTYPE)) for w in widths]
    losses, norms = [], []
    for number in range(50):
        inputs, targets = window(number)
        optimiser.zero_grad()
        features, state = forward(weights, inputs, state)
        logits = features @ weights["embedding.weight"].T + weights["output.bias"]
        loss = torch.nn.functional.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum")
        (loss / (targets >= 0).sum() + penalties(features, inputs)).backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(weights.values(), CLIP)))
        optimiser.step()
        losses.append(loss.item())
        state = [(h.detach(), c.detach()) for h, c in state]
    print(f"// {kind.__name__}, weight decay {decay}; torch {torch.__version__}; gradient norms {min(norms):.3f}…{max(norms):.3f}, clipped at {CLIP}")
    for start in range(0, 50, 6):
        print("    " + " ".join(f"{x:.6f}," for x in losses[start : start + 6]))


torch.set_num_threads(1)
train(torch.optim.AdamW, 0.1)
train(torch.optim.Adam, 0.005)
