"""What each kind of word costs: an LSTM of Clara's, run in numpy over held-out pieces.

Only for models without contexts. The sum is what clara evaluate says, within rounding.
"""

import collections
import json
import math
import pathlib
import re

import numpy

STREAMS = 48


def load(path):
    """(metadata, tensors) of a safetensors file."""
    data = pathlib.Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    metadata, tensors = header.pop("__metadata__"), {}
    kinds = {"F16": numpy.float16, "F32": numpy.float32}
    for name, told in header.items():
        if told["dtype"] in kinds:
            first, last = (8 + length + offset for offset in told["data_offsets"])
            values = numpy.frombuffer(data[first:last], kinds[told["dtype"]])
            tensors[name] = values.reshape(told["shape"]).astype(numpy.float32)
    return metadata, tensors


def sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


class Network:
    """The tied LSTM language model, one step of many pieces at a time."""

    def __init__(self, tensors, streams):
        self.embedding, self.bias = tensors["embedding.weight"], tensors["output.bias"]
        self.layers = []
        while f"lstm.{len(self.layers)}.bias" in tensors:
            names = [f"lstm.{len(self.layers)}.{w}" for w in ("weight_ih", "weight_hh", "bias")]
            self.layers.append([tensors[name] for name in names])
        self.state = [
            (numpy.zeros((streams, len(bias) // 4), "f"),) * 2 for _, _, bias in self.layers]

    def nats(self, tokens, targets):
        """Of the targets after the tokens; pieces that have ended are the last streams."""
        x, count = self.embedding[tokens], len(tokens)
        for k, (inward, across, bias) in enumerate(self.layers):
            h, c = (part[:count] for part in self.state[k])
            i, f, g, o = numpy.split(x @ inward.T + h @ across.T + bias, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * numpy.tanh(g)
            x = sigmoid(o) * numpy.tanh(c)
            self.state[k] = x, c
        logits = x @ self.embedding.T + self.bias
        top = logits.max(axis=1)
        return (
            top + numpy.log(numpy.exp(logits - top[:, None]).sum(axis=1))
            - logits[numpy.arange(count), targets])


def kind(word):
    """pos12 → pos, meter-6/8 → meter."""
    return re.sub(r"[-\d/]+.*$", "", word)


def by_kind(model, texts):
    """Bits that each kind of word costs in the texts, all in all, and how many there are; None for a
    model with contexts or another network."""
    metadata, tensors = load(model)
    if "context.weight" in tensors or "lstm.0.bias" not in tensors:
        return None
    vocabulary = metadata["clara.vocabulary"].split()
    ids = {word: k for k, word in enumerate(vocabulary)}
    pieces = sorted(([0] + [ids[w] for w in text] + [1] for text in texts), key=len, reverse=True)
    costs = numpy.zeros(len(vocabulary))
    counts = collections.Counter(token for piece in pieces for token in piece[1:])
    for first in range(0, len(pieces), STREAMS):
        _score(tensors, pieces[first : first + STREAMS], costs)
    found = collections.defaultdict(lambda: [0.0, 0])
    for token, count in counts.items():
        entry = found[kind(vocabulary[token])]
        entry[0] += costs[token] / math.log(2)
        entry[1] += count
    return {name: {"bits": bits, "words": count} for name, (bits, count) in found.items()}


def _score(tensors, pieces, costs):
    network = Network(tensors, len(pieces))
    alive = len(pieces)
    for step in range(len(pieces[0]) - 1):
        while len(pieces[alive - 1]) < step + 2:
            alive -= 1
        now = numpy.array([piece[step] for piece in pieces[:alive]])
        then = numpy.array([piece[step + 1] for piece in pieces[:alive]])
        numpy.add.at(costs, then, network.nats(now, then))
