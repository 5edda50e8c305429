"""The losses of 50 training steps of Clara's Transformer in PyTorch, single and double precision, from
the weights and data that Tests/NetworksTests/TransformerFiftyStepsTests uses: AdamW, clipped to a norm
of 0.5, windows shorter than the attention's reach, keys and values carried. Needs torch:
python Benchmarks/fifty_steps_transformer.py
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent / "golden"))
from transformer_language_model import Model, windows  # noqa: E402


def losses(dtype):
    """Mean loss of each step's window, in nats per token."""
    model = Model(dtype, vocabulary=19, width=24, layers=3, heads=3, feed_forward=40, window=20)
    dealt = windows(steps=12, streams=4, vocabulary=19)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=0.004, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1)
    state, found = model.nothing(4), []
    for step in range(50):
        window = dealt[step % 3]
        optimiser.zero_grad()
        loss, state = model.loss(window, state)
        loss = loss / (window[1] >= 0).sum()
        found.append(loss.item())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimiser.step()
    return found


single, double = losses(torch.float32), losses(torch.float64)
print(f"torch {torch.__version__}, double precision:")
print("[" + ", ".join(f"{x:.6f}" for x in double) + "]")
print("largest relative difference of single precision:",
      max(abs(a - b) / b for a, b in zip(single, double)))
