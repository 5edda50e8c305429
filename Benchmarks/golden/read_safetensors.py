"""Checks by hand that Python's safetensors reads a model of Clara's, every tensor finite.

Needs safetensors and numpy:  python Benchmarks/golden/read_safetensors.py Models/piano.safetensors
"""

import sys

import numpy
from safetensors import safe_open

for path in sys.argv[1:]:
    with safe_open(path, framework="numpy") as file:
        print(path, {key: text[:60] for key, text in (file.metadata() or {}).items()})
        for name in file.keys():
            tensor = file.get_tensor(name)
            kind = "integers" if tensor.dtype.kind == "i" else f"σ = {tensor.astype(float).std():.4f}"
            assert numpy.isfinite(tensor).all(), f"{name} is not finite"
            print(f"  {name}: {tensor.dtype} {tensor.shape} {kind}")
