"""Clara's Transformer in PyTorch, timed on the CPU: decoder only, pre-norm, rotary positions, GELU, tied
output, `scaled_dot_product_attention`, AdamW, clipping; generation of one stream with a key–value cache.
Prints JSON: tokens per second for training and for generating, each for the variants tried."""

import argparse
import json
import resource
import statistics
import time
import warnings

import torch
from torch import nn
from torch.nn import functional as F

warnings.filterwarnings("ignore")
a = argparse.ArgumentParser()
a.add_argument("--threads", type=int, default=torch.get_num_threads())
a.add_argument("--vocabulary", type=int, default=220)
a.add_argument("--width", type=int, default=256)
a.add_argument("--layers", type=int, default=6)
a.add_argument("--heads", type=int, default=8)
a.add_argument("--feed-forward", type=int, default=1024)
a.add_argument("--context", type=int, default=1024)
a.add_argument("--batch", type=int, default=4)
a.add_argument("--runs", type=int, default=5)
a.add_argument("--tokens", type=int, default=400, help="to generate in each run")
a.add_argument("--compile", action="store_true", help="time torch.compile too (a minute to compile)")
a.add_argument("--only", choices=["train", "generate"], help="half of it")
o = a.parse_args()
torch.set_num_threads(o.threads)
torch.manual_seed(0)
V, E, T, B = o.vocabulary, o.width, o.context, o.batch
HEAD = E // o.heads

half = HEAD // 2
rates = 10_000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
angles = torch.arange(4 * T, dtype=torch.float64)[:, None] * rates
COS, SIN = angles.cos().float(), angles.sin().float()


def rotate(x, first):
    """Pairs (k, k + d/2) of x (B, H, T, d) turned by their places' angles."""
    cos, sin = COS[first : first + x.shape[-2]], SIN[first : first + x.shape[-2]]
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(E), nn.LayerNorm(E)
        self.qkv, self.out = nn.Linear(E, 3 * E), nn.Linear(E, E)
        self.up, self.down = nn.Linear(E, o.feed_forward), nn.Linear(o.feed_forward, E)

    def forward(self, x, first, cache):
        batch, count, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(batch, count, 3, o.heads, HEAD).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, first), rotate(k, first)
        if cache is not None:
            keys, values = cache
            keys[:, :, first : first + count] = k
            values[:, :, first : first + count] = v
            k, v = keys[:, :, : first + count], values[:, :, : first + count]
        y = F.scaled_dot_product_attention(q, k, v, is_causal=cache is None)
        x = x + self.out(y.transpose(1, 2).reshape(batch, count, E))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(V, E)
        nn.init.normal_(self.embed.weight, std=0.02)
        self.layers = nn.ModuleList([Layer() for _ in range(o.layers)])
        self.norm = nn.LayerNorm(E)
        self.bias = nn.Parameter(torch.zeros(V))

    def forward(self, tokens, first=0, caches=None):
        x = self.embed(tokens)
        for k, layer in enumerate(self.layers):
            x = layer(x, first, caches[k] if caches else None)
        return self.norm(x) @ self.embed.weight.T + self.bias


def train(network):
    optimiser = torch.optim.AdamW(network.parameters(), 3e-4, (0.9, 0.99), fused=False)
    times = []
    for run in range(o.runs + 1):
        tokens = torch.randint(0, V, (B, T + 1))
        start = time.perf_counter()
        logits = network(tokens[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 0.3)
        optimiser.step()
        times.append(time.perf_counter() - start)
    return B * T / statistics.median(times[1:])


def generate(network):
    """One stream, token by token, from a full half of the context on."""
    times, first = [], T // 2
    count = min(o.tokens, T - first)
    with torch.inference_mode():
        for run in range(o.runs + 1):
            caches = [
                (torch.zeros(1, o.heads, T, HEAD), torch.zeros(1, o.heads, T, HEAD))
                for _ in range(o.layers)]
            token = torch.zeros(1, 1, dtype=torch.long)
            start = time.perf_counter()
            for place in range(first, first + count):
                logits = network(token, place, caches)
                token = torch.multinomial(torch.softmax(logits[:, -1], -1), 1)
            times.append(time.perf_counter() - start)
    return count / statistics.median(times[1:])


network = Transformer()
out = {
    "torch": torch.__version__, "threads": o.threads,
    "weights": sum(p.numel() for p in network.parameters()),
    "batch": B, "context": T, "train_tokens_per_s": {}, "generate_tokens_per_s": {},
}
if o.only != "generate":
    for mkldnn in (True, False):
        torch.backends.mkldnn.enabled = mkldnn
        name = "fp32" if mkldnn else "fp32_no_onednn"
        out["train_tokens_per_s"][name] = train(network)
    torch.backends.mkldnn.enabled = True
    out["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if o.compile:
        out["train_tokens_per_s"]["compiled"] = train(torch.compile(network))
if o.only != "train":
    network.eval()
    for mkldnn in (False, True):
        torch.backends.mkldnn.enabled = mkldnn
        name = "fp32" if mkldnn else "fp32_no_onednn"
        out["generate_tokens_per_s"][name] = {1: generate(network)}
    quantised = torch.ao.quantization.quantize_dynamic(network, {nn.Linear}, dtype=torch.qint8)
    out["generate_tokens_per_s"]["int8"] = {1: generate(quantised)}
print(json.dumps(out))
