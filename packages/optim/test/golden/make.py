"""Golden values of the optimisers, made with PyTorch 1.13:

    python3 packages/optim/test/golden/make.py > packages/optim/test/golden/optimizers.json

The gradient of element i at step t is ((7 i + 13 t) mod 11 - 5) / 8 + theta_i / 4.
"""

import json
import sys

import torch

INITIAL = [1.0, -2.0, 0.5, 3.0, -0.25, 0.0]
STEPS = (1, 10, 100)
CASES = [
    ("SGD", {"lr": 0.01}),
    ("SGD", {"lr": 0.01, "momentum": 0.9}),
    ("SGD", {"lr": 0.01, "momentum": 0.9, "dampening": 0.5}),
    ("SGD", {"lr": 0.01, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05}),
    ("Adam", {}),
    ("Adam", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.02, "amsgrad": True}),
    ("AdamW", {"lr": 0.02, "weight_decay": 0.1}),
    ("AdamW", {"lr": 0.02, "weight_decay": 0.1, "amsgrad": True}),
]


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def run(name, options):
    theta = torch.nn.Parameter(torch.tensor(INITIAL))
    optimizer = getattr(torch.optim, name)([theta], **options)
    values = {}
    for t in range(1, max(STEPS) + 1):
        fixed = torch.tensor([((7 * i + 13 * t) % 11 - 5) / 8 for i in range(len(INITIAL))])
        theta.grad = fixed + theta.detach() / 4
        optimizer.step()
        if t in STEPS:
            values[t] = theta.tolist()
    return {"optimizer": name, "options": {camel(k): v for k, v in options.items()}, "values": values}


rows = [json.dumps(run(name, options)) for name, options in CASES]
sys.stdout.write('{ "initial": %s, "cases": [\n  %s\n] }\n' % (json.dumps(INITIAL), ",\n  ".join(rows)))
