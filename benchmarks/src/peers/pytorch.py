"""The PyTorch side of the benchmarks: reads `<work> <iterations>` lines, answers with milliseconds for one iteration.

Started by pytorch.ts as `python3 pytorch.py <threads>`; answers `ready <version>` first. Needs python3-torch (Debian) or torch from pip.
"""

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)


def training_step(model, x, y):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()

    return step


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))


WORKS = {
    "lenet5": lambda: training_step(lenet5(), torch.rand(64, 1, 28, 28), torch.randint(10, (64,))),
    "mlp": lambda: training_step(mlp(), torch.rand(64, 1, 28, 28), torch.randint(10, (64,))),
}

print("ready", torch.__version__, flush=True)
made = {}
for line in sys.stdin:
    work, iterations = line.split()
    step = made.setdefault(work, None) or WORKS[work]()
    made[work] = step
    start = time.perf_counter()
    for _ in range(int(iterations)):
        step()
    print((time.perf_counter() - start) * 1000 / int(iterations), flush=True)
