"""Golden learning rates for Tests/TrainingTests/ScheduleTests.swift, from PyTorch's own schedulers.

Needs torch:  python Benchmarks/golden/schedules.py
"""

import torch
from torch.optim import lr_scheduler

RATE = 0.003
KEPT = (0, 1, 5, 10, 24, 25, 50, 75, 98, 99)


def optimiser():
    return torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))], lr=RATE, betas=(0.9, 0.99))


def walk(adam, *schedulers):
    for step in range(100):
        yield step, adam.param_groups[0]["lr"], adam.param_groups[0]["betas"][0]
        adam.step()
        for scheduler in schedulers:
            scheduler.step()


# The rise ends after step 0.25 · 101 − 1 = 24.25 of 100.
adam = optimiser()
cycle = lr_scheduler.OneCycleLR(
    adam, RATE, total_steps=101, pct_start=0.25, div_factor=25, final_div_factor=1e5 / 25,
    base_momentum=0.85, max_momentum=0.95)
print("cycle: (step, rate, beta1)")
for step, rate, beta1 in walk(adam, cycle):
    if step in KEPT:
        print(f"({step}, {rate:.9e}, {beta1:.9f}),")

adam = optimiser()
rise = lr_scheduler.LinearLR(adam, start_factor=0.1, end_factor=1, total_iters=9)
fall = lr_scheduler.CosineAnnealingLR(adam, T_max=100, eta_min=0)
print("cosine: (step, rate)")
for step, rate, _ in walk(adam, rise, fall):
    if step in KEPT:
        print(f"({step}, {rate:.9e}),")
