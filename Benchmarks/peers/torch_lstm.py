"""Clara's LSTM (embedding, LSTM layers, tied output) in PyTorch on the CPU, in the best form that we
know of. Prints JSON.

    torch_lstm.py train            one setting, or with --scout the rates of all of them
    torch_lstm.py generate         the same for generating; sampling is included

A setting is JSON, such as {"form": "scripted", "engine": "x86", "threads": 2}; `--scout` lists them.
All mathematics is float32, but for the products with weights that `--weights int8` rounds.
"""

import argparse
import json
import resource
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import torch
from torch import nn

from torch_lstm_forms import Cells, Modules, Quantised, written

parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
parser.add_argument("job", choices=["train", "generate"])
parser.add_argument("--vocabulary", type=int, default=220)
parser.add_argument("--embedding", type=int, default=400)
parser.add_argument("--hidden", type=int, default=600)
parser.add_argument("--layers", type=int, default=4)
parser.add_argument("--batch", type=int, default=32, help="streams in training")
parser.add_argument("--steps", type=int, default=200, help="of a window in training")
parser.add_argument("--streams", type=int, default=1, help="in generating")
parser.add_argument("--weights", choices=["float32", "int8"], default="float32")
parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="at most")
parser.add_argument("--seconds", type=float, default=4, help="to measure, each setting")
parser.add_argument("--setting", type=json.loads, default={})
parser.add_argument("--scout", action="store_true", help="measure every setting")
parser.add_argument("--compile", action="store_true", help="scout torch.compile as well (a minute)")
o = parser.parse_args()


def training_settings():
    for form in ("layers", "stacked"):
        for onednn in (True, False):
            for fused in (True, False):
                yield {"form": form, "onednn": onednn, "fusedAdam": fused, "threads": o.threads}


def generating_settings():
    for threads in sorted({1, o.threads}):
        if o.weights == "int8":
            for engine in torch.backends.quantized.supported_engines:
                for form in ("modules", "cells", "scripted", "scripted loop"):
                    if engine != "none":
                        yield {"form": form, "engine": engine, "threads": threads}
        else:
            for form in ("modules", "cells", "scripted loop"):
                for onednn in (True, False):
                    yield {"form": form, "onednn": onednn, "threads": threads}
            yield {"form": "optimised loop", "onednn": True, "threads": threads}
            if o.compile:
                yield {"form": "compiled", "onednn": True, "threads": threads}


def apply(setting):
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    torch.set_num_threads(setting.get("threads", o.threads))
    torch.backends.mkldnn.enabled = setting.get("onednn", True)


def repeat(step, at_least=2):
    """Seconds of each call of `step` after a first one, for about `o.seconds`."""
    step()
    times = []
    while len(times) < at_least or sum(times) < o.seconds:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return times


def train(setting):
    """Tokens a second of each step: forward, backward, clipping and Adam."""
    apply(setting)
    sizes = (o.vocabulary, o.embedding, o.hidden, o.layers)
    network = Modules(*sizes, stacked=setting.get("form") == "stacked")
    network.out.weight = network.embed.weight
    adam = torch.optim.Adam(
        network.parameters(), 1e-3, betas=(0.7, 0.99), fused=setting.get("fusedAdam", True))
    cross_entropy = nn.CrossEntropyLoss()

    def step():
        tokens = torch.randint(0, o.vocabulary, (o.steps + 1, o.batch))
        loss = cross_entropy(
            network.train_logits(tokens[:-1]).flatten(0, 1), tokens[1:].flatten())
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 0.3)
        adam.step()

    return [o.batch * o.steps / seconds for seconds in repeat(step)]


def generating_network(setting):
    form = setting.get("form", "modules")
    sizes = (o.vocabulary, o.embedding, o.hidden, o.layers)
    network = (Modules if form == "modules" else Cells)(*sizes).eval()
    if o.weights == "int8":
        torch.backends.quantized.engine = setting.get("engine", torch.backends.quantized.engine)
        network = Quantised(network)
    if form in ("scripted", "scripted loop"):
        return torch.jit.freeze(torch.jit.script(network), preserved_attrs=["zero", "write"])
    if form == "optimised loop":
        return torch.jit.optimize_for_inference(
            torch.jit.script(network), other_methods=["zero", "write"])
    if form == "compiled":
        network.forward = torch.compile(network.forward, dynamic=False)
    return network


def generate(setting, tokens=50 if o.scout else 200):
    """Tokens a second of each run of `tokens` tokens, all streams together."""
    apply(setting)
    with torch.inference_mode():
        network = generating_network(setting)
        state = network.zero(o.streams)
        first = torch.zeros(o.streams, dtype=torch.long)
        # Whether the loop over tokens is TorchScript's or Python's.
        loops = setting.get("form", "").endswith("loop")

        def step():
            if loops:
                network.write(first, state, tokens)
            else:
                written(network, first, state, tokens)

        return [tokens * o.streams / seconds for seconds in repeat(step)]


def scout(settings):
    """Each setting's rate; those near the fastest get a second chance, in case something disturbed
    the first."""
    tried = [{"setting": setting} for setting in settings]
    for each in tried:
        try:
            each["tokensPerSecond"] = statistics.median(measure(each["setting"]))
        except Exception as error:  # A form that this build of PyTorch cannot run is no candidate.
            each["error"] = str(error).strip()[:200]
    fastest = max((each.get("tokensPerSecond", 0) for each in tried), default=0)
    for each in tried:
        if each.get("tokensPerSecond", 0) > 0.6 * fastest:
            again = statistics.median(measure(each["setting"]))
            each["tokensPerSecond"] = max(each["tokensPerSecond"], again)
    return tried


measure = train if o.job == "train" else generate
result = {"torch": torch.__version__, "threads": o.threads}
if o.scout:
    result["scouted"] = scout(
        list(training_settings() if o.job == "train" else generating_settings()))
else:
    rates = measure(o.setting)
    result |= {"setting": o.setting, "tokensPerSecond": statistics.median(rates), "runs": rates}
unit = 1 if sys.platform == "darwin" else 1024
result["peakBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
print(json.dumps(result))
