"""The settings that a peer's script tried, and which of them was the fastest."""

import json

from .programs import Trouble


def best(result, accepts=lambda setting: True):
    """The fastest setting that a `--scout` run found, among those that `accepts` takes."""
    rates = [
        (tried["tokensPerSecond"], tried["setting"])
        for tried in result["scouted"]
        if "tokensPerSecond" in tried and accepts(tried["setting"])
    ]
    if not rates:
        reasons = {tried.get("error", "") for tried in result["scouted"]}
        raise Trouble("PyTorch could run none of its settings: " + "; ".join(reasons))
    return max(rates, key=lambda rate: rate[0])[1]


def flags(setting):
    return ["--setting", json.dumps(setting)]


def described(setting):
    """Such as: scripted loop, engine x86, 2 threads."""
    words = []
    for key, value in setting.items():
        if key == "form":
            words.append(value)
        elif key == "threads":
            words.append(f"{value} thread{'' if value == 1 else 's'}")
        elif key == "engine":
            words.append(f"{value} engine")
        elif key == "onednn":
            words.append("oneDNN" if value else "no oneDNN")
        elif key == "fusedAdam":
            words.append("fused Adam" if value else "Adam")
        elif value:
            words.append(f"{key} {value}")
    return ", ".join(words)
