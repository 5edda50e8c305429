"""Which relative positions a Transformer of Clara's kind should have: rotary (Su et al. 2021) or Music
Transformer's relative attention (Huang et al. 2018, with the skewing trick). Trains both from the same
seeds on the same batches of the same token stream, and prints validation nats per token as JSON.

    clara encode FOLDER-OF-MIDI -o out/tokens
    python Benchmarks/positions.py out/tokens --steps 400 --seeds 2
"""

import argparse
import json
import math
import pathlib
import time

import torch
from torch import nn
from torch.nn import functional as F

options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
options.add_argument("tokens", help="folder of texts made with clara encode")
options.add_argument("--width", type=int, default=128)
options.add_argument("--layers", type=int, default=4)
options.add_argument("--heads", type=int, default=4)
options.add_argument("--context", type=int, default=256)
options.add_argument("--batch", type=int, default=8)
options.add_argument("--steps", type=int, default=400)
options.add_argument("--seeds", type=int, default=2)
options.add_argument("--rate", type=float, default=2e-3)
options.add_argument("--threads", type=int, default=2)
o = options.parse_args()
torch.set_num_threads(o.threads)


def streams():
    """Token ids of all pieces, one after the other: every tenth piece validates."""
    texts = [p.read_text().split() for p in sorted(pathlib.Path(o.tokens).rglob("*.txt"))]
    words = {word: 1 + k for k, word in enumerate(sorted({w for text in texts for w in text}))}
    ids = [[0] + [words[w] for w in text] for text in texts]
    train = [t for k, piece in enumerate(ids) if k % 10 for t in piece]
    valid = [t for k, piece in enumerate(ids) if k % 10 == 0 for t in piece]
    return torch.tensor(train), torch.tensor(valid), 1 + len(words)


def rotate(x):
    """Pairs (k, k + d/2) of x (…, T, d) turned by the place's angle."""
    half = x.shape[-1] // 2
    rates = 10_000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = torch.arange(x.shape[-2], dtype=torch.float64)[:, None] * rates
    cos, sin = angles.cos().float(), angles.sin().float()
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Attention(nn.Module):
    def __init__(self, positions):
        super().__init__()
        self.qkv, self.out = nn.Linear(o.width, 3 * o.width), nn.Linear(o.width, o.width)
        self.positions = positions
        if positions == "relative":
            # One vector for each head and distance: the last is the place itself.
            self.distances = nn.Parameter(0.02 * torch.randn(o.heads, o.context, o.width // o.heads))

    def forward(self, x):
        B, T, E = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, o.heads, -1).permute(2, 0, 3, 1, 4)
        if self.positions == "rotary":
            y = F.scaled_dot_product_attention(rotate(q), rotate(k), v, is_causal=True)
        else:
            by_distance = q @ self.distances.transpose(1, 2)  # (B, H, T, T)
            skewed = F.pad(by_distance, (1, 0)).view(B, o.heads, T + 1, T)[:, :, 1:]
            future = torch.ones(T, T).triu(1).bool()
            scores = ((q @ k.transpose(2, 3) + skewed) / math.sqrt(q.shape[-1]))
            y = scores.masked_fill(future, -math.inf).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(B, T, E))


class Network(nn.Module):
    def __init__(self, positions, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, o.width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        norm = lambda: nn.LayerNorm(o.width)
        ff = lambda: nn.Sequential(
            nn.Linear(o.width, 4 * o.width), nn.GELU("tanh"), nn.Linear(4 * o.width, o.width))
        self.layers = nn.ModuleList(
            nn.ModuleList([norm(), Attention(positions), norm(), ff()]) for _ in range(o.layers))
        self.norm = norm()

    def forward(self, tokens):
        x = self.embedding(tokens)
        for norm1, attention, norm2, feed_forward in self.layers:
            x = x + attention(norm1(x))
            x = x + feed_forward(norm2(x))
        return self.norm(x) @ self.embedding.weight.T


def nats(network, tokens):
    logits = network(tokens[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())


def train(positions, seed, stream, valid, vocabulary):
    torch.manual_seed(seed)
    network = Network(positions, vocabulary)
    optimiser = torch.optim.AdamW(network.parameters(), o.rate, (0.9, 0.98), weight_decay=0.01)
    deal = torch.Generator().manual_seed(seed)
    start = time.perf_counter()
    for step in range(o.steps):
        done = step / o.steps
        for group in optimiser.param_groups:
            group["lr"] = o.rate * min(1, step / 40) * 0.5 * (1 + math.cos(math.pi * done))
        places = torch.randint(len(stream) - o.context - 1, (o.batch,), generator=deal)
        loss = nats(network, torch.stack([stream[p : p + o.context + 1] for p in places]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimiser.step()
    seconds = time.perf_counter() - start
    count = min(len(valid) // (o.context + 1), 160)
    rows = valid[: count * (o.context + 1)].view(count, -1)
    with torch.no_grad():
        score = sum(nats(network, part).item() * len(part) for part in rows.split(16)) / count
    return {"positions": positions, "seed": seed, "valid_nats_per_token": round(score, 4),
            "seconds": round(seconds, 1)}


train_stream, valid_stream, vocabulary = streams()
results = [
    train(positions, seed, train_stream, valid_stream, vocabulary)
    for seed in range(o.seeds) for positions in ("rotary", "relative")]
print(json.dumps({"options": vars(o), "tokens": len(train_stream), "runs": results}, indent=1))
