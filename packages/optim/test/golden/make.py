"""Golden values of the optimisers and schedules, made with PyTorch 1.13:

    python3 packages/optim/test/golden/make.py packages/optim/test/golden

writes optimizers.json, lbfgs.json, strong-wolfe.json and schedules.json. The gradient of element i at step t is ((7 i + 13 t) mod 11 - 5) / 8 + theta_i / 4.
"""

import json
import math
import pathlib
import sys

import torch
from torch.optim import lr_scheduler, swa_utils

INITIAL = [1.0, -2.0, 0.5, 3.0, -0.25, 0.0]
STEPS = (1, 10, 100)
CASES = [
    ("SGD", {"lr": 0.01}),
    ("SGD", {"lr": 0.01, "momentum": 0.9}),
    ("SGD", {"lr": 0.01, "momentum": 0.9, "dampening": 0.5}),
    ("SGD", {"lr": 0.01, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05}),
    ("SGD", {"lr": 0.002, "momentum": 0.5, "weight_decay": 0.05, "maximize": True}),
    ("Adam", {}),
    ("Adam", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.02, "amsgrad": True}),
    ("Adam", {"lr": 0.002, "weight_decay": 0.1, "maximize": True}),
    ("AdamW", {"lr": 0.02, "weight_decay": 0.1}),
    ("AdamW", {"lr": 0.02, "weight_decay": 0.1, "amsgrad": True}),
    ("AdamW", {"lr": 0.002, "maximize": True}),
    ("Adagrad", {}),
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.01, "weight_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-6}),
    ("Adagrad", {"maximize": True}),
    ("Adadelta", {}),
    ("Adadelta", {"lr": 0.5, "rho": 0.8, "eps": 1e-4, "weight_decay": 0.1}),
    ("Adadelta", {"maximize": True}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.005, "alpha": 0.9, "eps": 1e-6, "weight_decay": 0.1, "momentum": 0.5}),
    ("RMSprop", {"lr": 0.005, "alpha": 0.9, "centered": True}),
    ("RMSprop", {"lr": 0.005, "centered": True, "momentum": 0.9, "maximize": True}),
    ("Adamax", {}),
    ("Adamax", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1}),
    ("Adamax", {"maximize": True}),
    # One tensor at a time, 1.13 takes the product of the momenta with one factor too many; the other path is right.
    ("NAdam", {"foreach": True}),
    ("NAdam", {"lr": 0.01, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1, "momentum_decay": 0.1, "foreach": True}),
    ("RAdam", {}),
    ("RAdam", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.1}),
    ("Rprop", {}),
    ("Rprop", {"lr": 0.1, "etas": (0.4, 1.5), "step_sizes": (1e-3, 0.2)}),
    ("Rprop", {"maximize": True}),
]


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def shared(options):
    return {camel(k): v for k, v in options.items() if k != "foreach"}


def entries(optimizer, theta):
    """The names of what is remembered, as numbers or of the parameter's shape."""
    return sorted(camel(name) for name, value in optimizer.state[theta].items() if value is not None)


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
    return {"optimizer": name, "options": shared(options), "state": entries(optimizer, theta), "values": values}


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def quadratic(x, y):
    return x**2 + 10 * y**2 + x * y - 3 * x + y


LBFGS = [
    (quadratic, [5.0, -3.0], 3, {"max_iter": 4, "lr": 0.5}),
    (quadratic, [5.0, -3.0], 3, {"max_iter": 4, "history_size": 1, "line_search_fn": "strong_wolfe"}),
    (rosenbrock, [-1.5, 2.0], 8, {"max_iter": 5, "history_size": 5, "line_search_fn": "strong_wolfe"}),
    (rosenbrock, [-1.5, 2.0], 4, {"max_iter": 9, "max_eval": 10, "line_search_fn": "strong_wolfe"}),
    (rosenbrock, [0.5, 0.5], 6, {"lr": 0.1, "max_iter": 3, "tolerance_grad": 1e-2, "tolerance_change": 1e-5}),
]


def lbfgs(function, start, steps, options):
    params = [torch.nn.Parameter(torch.tensor(value, dtype=torch.float64)) for value in start]
    optimizer = torch.optim.LBFGS(params, **options)
    values = []

    def closure():
        optimizer.zero_grad()
        loss = function(*params)
        loss.backward()
        return loss

    for _ in range(steps):
        loss = optimizer.step(closure)
        state = optimizer.state[params[0]]
        values.append([loss.item(), *[p.item() for p in params], state["func_evals"], state["n_iter"]])
    return {"function": function.__name__, "start": start, "options": {camel(k): camel(v) if isinstance(v, str) else v for k, v in options.items()}, "values": values}


LINES = {
    "quartic": lambda t: (t - 3) ** 4,
    "hill": lambda t: -t / (t**2 + 2),
    "wave": lambda t: torch.sin(5 * t) * 0.6 - t + 0.1 * t**2,
    "wall": lambda t: torch.exp(8 * t - 4) - 3 * t,
    "kink": lambda t: torch.abs(t - 0.37) + 1e-3 * t**2,
}


def line_search(name, first):
    """The steps that PyTorch's search tries along a line, and the one it takes."""
    tried = []

    def at(t):
        place = torch.tensor([float(t)], dtype=torch.float64, requires_grad=True)
        value = LINES[name](place).sum()
        (slope,) = torch.autograd.grad(value, place)
        return value.item(), slope

    def evaluate(_, t, __):
        tried.append(float(t))
        return at(t)

    direction = torch.ones(1, dtype=torch.float64)
    loss, grad = at(0.0)
    search = sys.modules[torch.optim.LBFGS.__module__]._strong_wolfe
    *_, taken, _ = search(evaluate, torch.zeros(1), first, direction, loss, grad, grad.dot(direction))
    return {"line": name, "first": first, "tried": tried, "taken": float(taken)}


SCHEDULES = [
    ("StepLR", {"step_size": 7, "gamma": 0.3}),
    ("MultiStepLR", {"milestones": [3, 9, 9, 20], "gamma": 0.5}),
    ("ExponentialLR", {"gamma": 0.93}),
    ("PolynomialLR", {"total_iters": 12, "power": 1.7}),
    ("PolynomialLR", {}),
    ("CosineAnnealingLR", {"T_max": 15}),
    ("CosineAnnealingLR", {"T_max": 10, "eta_min": 0.01}),
    ("CosineAnnealingWarmRestarts", {"T_0": 5}),
    ("CosineAnnealingWarmRestarts", {"T_0": 3, "T_mult": 2, "eta_min": 0.01}),
    ("LinearLR", {}),
    ("LinearLR", {"start_factor": 0.9, "end_factor": 0.1, "total_iters": 11}),
    ("ConstantLR", {}),
    ("ConstantLR", {"factor": 0.25, "total_iters": 8}),
    ("OneCycleLR", {"max_lr": 0.3, "total_steps": 41}),
    ("OneCycleLR", {"max_lr": [0.3, 0.2], "total_steps": 41, "pct_start": 0.25, "anneal_strategy": "linear", "three_phase": True, "div_factor": 10.0, "final_div_factor": 50.0, "base_momentum": 0.7, "max_momentum": 0.9}),
    ("OneCycleLR", {"max_lr": 0.3, "total_steps": 41, "cycle_momentum": False}),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 4, "step_size_down": 7}),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": [0.1, 0.2], "step_size_up": 5, "mode": "triangular2", "base_momentum": 0.6, "max_momentum": 0.95}),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 6, "mode": "exp_range", "gamma": 0.97, "cycle_momentum": False}),
]
METRICS = [5.0, 4.0, 4.0, 4.1, 4.0, 3.9999, 3.0, 3.1, 3.2, 3.3, float("nan"), 3.0, 2.9, 2.8, 2.8, 2.8, 2.8, 2.8, 2.8, 2.8, 2.8, 2.8]
PLATEAU = [
    {"patience": 2},
    {"patience": 1, "factor": 0.5, "cooldown": 2, "min_lr": [0.02, 0.001]},
    {"mode": "max", "patience": 1, "threshold": 0.05, "threshold_mode": "abs"},
    {"mode": "max", "patience": 3, "threshold": 0.01, "eps": 0.005},
]
KEYS = {"T_max": "tMax", "T_0": "t0", "T_mult": "tMult"}


def groups():
    params = [torch.nn.Parameter(torch.tensor([1.0])) for _ in range(2)]
    return torch.optim.SGD([{"params": [params[0]]}, {"params": [params[1]], "lr": 0.04}], lr=0.1, momentum=0.9)


def rates(optimizer, scheduler, steps=40):
    seen = []
    for _ in range(steps + 1):
        seen.append([[group["lr"], group["momentum"]] for group in optimizer.param_groups])
        optimizer.step()
        scheduler.step()
    return seen


def schedule(name, options):
    optimizer = groups()
    # There is no rate past the last step of a cycle.
    values = rates(optimizer, getattr(lr_scheduler, name)(optimizer, **options), 40)
    return {"scheduler": name, "options": {KEYS.get(k, camel(k)): camel(v) if isinstance(v, str) else v for k, v in options.items()}, "values": values}


def sequential():
    optimizer = groups()
    parts = [
        lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=4),
        lr_scheduler.CosineAnnealingLR(optimizer, T_max=10),
        lr_scheduler.ExponentialLR(optimizer, gamma=0.8),
    ]
    return rates(optimizer, lr_scheduler.SequentialLR(optimizer, parts, milestones=[5, 15]))


def chained():
    optimizer = groups()
    parts = [
        lr_scheduler.ConstantLR(optimizer, factor=0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, gamma=0.9),
        lr_scheduler.StepLR(optimizer, step_size=6, gamma=0.5),
    ]
    return rates(optimizer, lr_scheduler.ChainedScheduler(parts))


def swa(options):
    optimizer = groups()
    return {"options": {camel(k): v for k, v in options.items()}, "values": rates(optimizer, swa_utils.SWALR(optimizer, **options), 12)}


def plateau(options):
    optimizer = groups()
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, **options)
    values = []
    for metric in METRICS:
        scheduler.step(metric)
        values.append([group["lr"] for group in optimizer.param_groups])
    return {"options": {camel(k): v for k, v in options.items()}, "values": values}


def short(value):
    """Numbers with ten digits: the schedules are computed in double precision."""
    if isinstance(value, float):
        return float("%.10g" % value) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    return [short(v) for v in value] if isinstance(value, (list, tuple)) else value


def lines(rows):
    return "[\n  %s\n]" % ",\n  ".join(json.dumps(row) for row in rows)


folder = pathlib.Path(sys.argv[1])
cases = [run(name, options) for name, options in CASES]
(folder / "optimizers.json").write_text('{ "initial": %s, "cases": %s }\n' % (json.dumps(INITIAL), lines(cases)))
searches = [line_search(name, first) for name in LINES for first in (1e-3, 0.05, 1.0, 40.0)]
(folder / "strong-wolfe.json").write_text(lines([short(row) for row in searches]) + "\n")
(folder / "lbfgs.json").write_text(lines([short(lbfgs(*case)) for case in LBFGS]) + "\n")
(folder / "schedules.json").write_text(
    '{ "cases": %s,\n"sequential": %s,\n"chained": %s,\n"swa": %s,\n"metrics": %s,\n"plateau": %s }\n'
    % (
        lines([short(schedule(name, options)) for name, options in SCHEDULES]),
        json.dumps(short(sequential())),
        json.dumps(short(chained())),
        lines([short(swa(options)) for options in ({"swa_lr": 0.05}, {"swa_lr": [0.05, 0.2], "anneal_epochs": 5, "anneal_strategy": "linear"})]),
        json.dumps(short(METRICS)),
        lines([short(plateau(options)) for options in PLATEAU]),
    )
)
