"""Golden values for Tests/NetworksTests/ClassifierGoldenTests.swift, from PyTorch.

A sequence classifier on an LSTM body, its weights given by a formula, over sequences of several
lengths; gradients are cut between windows of six steps. Prints Swift literals.
Needs torch:  python Benchmarks/golden/classifier.py
"""

import math

import torch

torch.set_num_threads(1)
VOCABULARY, EMBEDDING, HIDDEN, LAYERS = 7, 5, 6, 2
STEPS, CLASSES, HEAD = 6, 3, 4
LENGTHS, LABELS = (9, 4, 15), (2, 0, 1)
DTYPE = torch.float64


def formula(count, start):
    """0.6 · sin(0.37·index + start), in float32 as the tests compute it from doubles."""
    values = [0.6 * math.sin(0.37 * index + start) for index in range(count)]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).to(DTYPE)


def shapes(parts, head):
    yield "embedding.weight", (VOCABULARY, EMBEDDING)
    for layer in range(LAYERS):
        inputs = EMBEDDING if layer == 0 else HIDDEN
        outputs = EMBEDDING if layer == LAYERS - 1 else HIDDEN
        yield f"lstm.{layer}.weight_ih", (4 * outputs, inputs)
        yield f"lstm.{layer}.weight_hh", (4 * outputs, outputs)
        yield f"lstm.{layer}.bias", (4 * outputs,)
    if head:
        yield "classifier.hidden.weight", (head, parts * EMBEDDING)
        yield "classifier.hidden.bias", (head,)
    yield "classifier.output.weight", (CLASSES, head or parts * EMBEDDING)
    yield "classifier.output.bias", (CLASSES,)


def features(weights, tokens):
    """(length, E), the state detached every STEPS places."""
    widths = [HIDDEN] * (LAYERS - 1) + [EMBEDDING]
    state = [(torch.zeros(1, w, dtype=DTYPE), torch.zeros(1, w, dtype=DTYPE)) for w in widths]
    rows = []
    for place, token in enumerate(tokens):
        if place % STEPS == 0:
            state = [(h.detach(), c.detach()) for h, c in state]
        x = weights[0][token].unsqueeze(0)
        for layer in range(LAYERS):
            w_ih, w_hh, bias = weights[1 + 3 * layer : 4 + 3 * layer]
            state[layer] = torch._VF.lstm_cell(
                x, state[layer], w_ih, w_hh, bias, torch.zeros_like(bias))
            x = state[layer][0]
        rows.append(x)
    return torch.cat(rows)


def pooled(x, pooling):
    parts = {"last": x[-1], "max": x.max(dim=0).values, "mean": x.mean(dim=0)}
    return torch.cat(list(parts.values())) if pooling == "concatenated" else parts[pooling]


def run(pooling, head):
    named = list(shapes(3 if pooling == "concatenated" else 1, head))
    weights = [
        formula(math.prod(shape), index).reshape(shape).requires_grad_()
        for index, (_, shape) in enumerate(named)]
    sequences = [
        [1 + (5 * place + 3 * stream) % 6 for place in range(length)]
        for stream, length in enumerate(LENGTHS)]
    x = torch.stack([pooled(features(weights, tokens), pooling) for tokens in sequences])
    if head:
        x = torch.relu(x @ weights[-4].T + weights[-3])
    logits = x @ weights[-2].T + weights[-1]
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(LABELS))
    loss.backward()
    logs = torch.log_softmax(logits, dim=1)
    print(f".init(pooling: .{pooling}, hidden: {head}, logProbabilities: [")
    for row in logs:
        print("    [" + ", ".join(f"{x:.7f}" for x in row) + "],")
    print("], gradients: [")
    for (name, _), weight in zip(named, weights):
        g = weight.grad.flatten()
        print(f'    ("{name}", [{g.sum():.7e}, {g.abs().sum():.7e}, {g[0]:.7e}, {g[-1]:.7e}]),')
    print("]),")


print(f"// torch {torch.__version__}, in double precision from weights in single precision")
for pooling in ("last", "max", "mean"):
    run(pooling, 0)
run("concatenated", HEAD)
