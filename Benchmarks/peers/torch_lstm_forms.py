"""The ways in which PyTorch can run Clara's LSTM: its own modules, and cells written out."""

import torch
from torch import nn

State = list[tuple[torch.Tensor, torch.Tensor]]


def widths(embedding, hidden, layers):
    """Input and output of each layer; the last is as wide as the embedding."""
    return [
        (embedding if k == 0 else hidden, embedding if k == layers - 1 else hidden)
        for k in range(layers)
    ]


class Modules(nn.Module):
    """nn.LSTM as it comes: one for each layer, or `stacked`, one for all layers but the last."""

    def __init__(self, vocabulary, embedding, hidden, layers, stacked=False):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        if stacked and layers > 2:
            parts = [nn.LSTM(embedding, hidden, layers - 1), nn.LSTM(hidden, embedding)]
        else:
            parts = [nn.LSTM(*width) for width in widths(embedding, hidden, layers)]
        self.rnn = nn.ModuleList(parts)
        self.out = nn.Linear(embedding, vocabulary)

    def train_logits(self, tokens):
        """(T, B) → (T, B, V)"""
        x = self.embed(tokens)
        for layer in self.rnn:
            x, _ = layer(x)
        return self.out(x)

    def forward(self, token, state):
        x, after = self.embed(token)[None], []
        for layer, before in zip(self.rnn, state):
            x, next = layer(x, before)
            after.append(next)
        return self.out(x[0]), after

    def zero(self, streams):
        return [
            (torch.zeros(1, streams, layer.hidden_size), torch.zeros(1, streams, layer.hidden_size))
            for layer in self.rnn
        ]


class Cell(nn.Module):
    """One layer's step: a single product with [x; h], then the gates."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.linear = nn.Linear(inputs + outputs, 4 * outputs)
        self.width = outputs

    def forward(self, x, h, c):
        i, f, g, o = self.linear(torch.cat([x, h], 1)).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c


class Cells(nn.Module):
    """The same network from cells written out, which TorchScript and torch.compile can take."""

    def __init__(self, vocabulary, embedding, hidden, layers):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        self.rnn = nn.ModuleList([Cell(*width) for width in widths(embedding, hidden, layers)])
        self.out = nn.Linear(embedding, vocabulary)

    def forward(self, token, state: State):
        x = self.embed(token)
        after: State = []
        for k, layer in enumerate(self.rnn):
            x, c = layer(x, state[k][0], state[k][1])
            after.append((x, c))
        return self.out(x), after

    @torch.jit.export
    def zero(self, streams: int) -> State:
        state: State = []
        for layer in self.rnn:
            state.append((torch.zeros(streams, layer.width), torch.zeros(streams, layer.width)))
        return state

    @torch.jit.export
    def write(self, token, state: State, count: int):
        for _ in range(count):
            logits, state = self.forward(token, state)
            token = torch.multinomial(torch.softmax(logits, 1), 1)[:, 0]
        return token


def written(network, token, state, count):
    """`count` tokens for each stream, drawn by a loop in Python."""
    for _ in range(count):
        logits, state = network(token, state)
        token = torch.multinomial(torch.softmax(logits, 1), 1)[:, 0]
    return token


def Quantised(network):
    """Weights in 8 bits, activations quantised as they come (torch.ao's dynamic quantisation)."""
    return torch.ao.quantization.quantize_dynamic(
        network, {nn.LSTM, nn.Linear}, dtype=torch.qint8)
