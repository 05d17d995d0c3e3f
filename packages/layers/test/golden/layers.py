"""Golden values of layers with state, made with PyTorch 1.13:

    python3 packages/layers/test/golden/layers.py norms > packages/layers/test/golden/norms.json
    python3 packages/layers/test/golden/layers.py activations > packages/layers/test/golden/activations.json
    python3 packages/layers/test/golden/layers.py recurrent > packages/layers/test/golden/recurrent.json

Inputs and parameters are multiples of 1/8 (of 1/32 in recurrent layers), so that both sides start from the same bits. What is
differentiated is the sum of the outputs, each element multiplied by a number of the same kind.
"""

import json
import sys

import torch
from torch import nn


def pattern(shape, step=7, unit=8, modulo=31):
    size = 1
    for extent in shape:
        size *= extent
    return torch.tensor([((i * step) % modulo - modulo // 2) / unit for i in range(size)], dtype=torch.float32).reshape(shape)


def encode(x):
    return {"shape": list(x.shape), "data": [float("%.7g" % v) for v in x.detach().flatten().tolist()]}


def fill(layer, unit):
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(pattern(parameter.shape, 5 + 2 * (i % 4), unit))


def norm(kind, args, options, shape, steps=3):
    layer = getattr(nn, kind)(*args, **options)
    fill(layer, 8)
    batches = [pattern(shape, 7 + 4 * i) + i / 8 for i in range(steps)]
    x = batches[-1].clone().requires_grad_()
    for batch in batches[:-1]:
        layer(batch)
    output = layer(x)
    names = [name for name, _ in layer.named_parameters()]
    grads = torch.autograd.grad((output * pattern(output.shape, 11)).sum(), [x, *layer.parameters()])
    buffers = {name: encode(value) for name, value in layer.named_buffers()}
    layer.eval()
    return {
        "kind": kind, "args": args, "options": options,
        "parameters": {name: encode(value) for name, value in layer.named_parameters()},
        "inputs": [encode(batch) for batch in batches],
        "output": encode(output),
        "grads": {name: encode(grad) for name, grad in zip(["x", *names], grads)},
        "buffers": buffers,
        "inference": encode(layer(x)),
    }


def activation(kind, args, options, shape):
    layer = getattr(nn, kind)(*args, **options).eval()
    fill(layer, 8)
    # Off the multiples of 1/8, where some have a corner.
    x = (pattern(shape) + 1 / 32).requires_grad_()
    output = layer(x)
    grads = torch.autograd.grad((output * pattern(output.shape, 11)).sum(), [x, *layer.parameters()])
    return {
        "kind": kind, "args": args, "options": options,
        "parameters": {name: encode(value) for name, value in layer.named_parameters()},
        "x": encode(x),
        "output": encode(output),
        "grads": {name: encode(grad) for name, grad in zip(["x", *dict(layer.named_parameters())], grads)},
    }


def recurrent(kind, options, shape, with_state):
    layer = getattr(nn, kind)(2, 3, **options)
    fill(layer, 32)
    x = pattern(shape).requires_grad_()
    batch = () if len(shape) == 2 else (shape[0 if options.get("batch_first") else 1],)
    states = [pattern((options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1), *batch, 3), step).requires_grad_() for step in (3, 11)]
    states = states[: 2 if kind == "LSTM" else 1]
    given = (tuple(states) if kind == "LSTM" else states[0]) if with_state else None
    output, last = layer(x, given)
    outputs = [output, *(last if kind == "LSTM" else [last])]
    objective = sum((y * pattern(y.shape, 5 + 6 * i)).sum() for i, y in enumerate(outputs))
    sources = {"x": x, **({"h": states[0], "c": states[-1]} if with_state and kind == "LSTM" else {"h": states[0]} if with_state else {}), **dict(layer.named_parameters())}
    grads = torch.autograd.grad(objective, list(sources.values()))
    return {
        "kind": kind, "options": options,
        "parameters": {name: encode(value) for name, value in layer.named_parameters()},
        "x": encode(x),
        "state": dict(zip("hc", map(encode, states))) if with_state else None,
        "outputs": dict(zip(("output", "h", "c"), map(encode, outputs))),
        "grads": {name: encode(grad) for name, grad in zip(sources, grads)},
    }


norms = [
    norm("BatchNorm1d", [3], {}, (4, 3)),
    norm("BatchNorm1d", [3], {"momentum": None, "eps": 0.125}, (2, 3, 5)),
    norm("BatchNorm2d", [2], {}, (3, 2, 3, 2)),
    norm("BatchNorm2d", [2], {"affine": False, "momentum": 0.5}, (1, 2, 4, 3)),
    norm("BatchNorm2d", [2], {"track_running_stats": False}, (2, 2, 2, 3)),
    norm("BatchNorm3d", [2], {}, (2, 2, 2, 1, 3)),
    norm("InstanceNorm1d", [3], {}, (2, 3, 5)),
    norm("InstanceNorm1d", [3], {"affine": True, "track_running_stats": True}, (2, 3, 4)),
    norm("InstanceNorm2d", [2], {"affine": True, "eps": 0.25}, (3, 2, 3, 2)),
    norm("InstanceNorm2d", [2], {"track_running_stats": True, "momentum": 0.5}, (3, 2, 3, 2)),
    norm("InstanceNorm3d", [2], {"affine": True, "track_running_stats": True}, (2, 2, 2, 1, 3)),
    norm("GroupNorm", [2, 4], {}, (3, 4), 1),
    norm("GroupNorm", [3, 6], {"eps": 0.25}, (2, 6, 2, 3), 1),
    norm("GroupNorm", [1, 3], {"affine": False}, (2, 3, 4), 1),
    norm("LocalResponseNorm", [5], {"alpha": 0.5, "beta": 0.75, "k": 2.0}, (2, 7, 2, 3), 1),
    norm("LocalResponseNorm", [2], {}, (2, 3, 4), 1),
    norm("LayerNorm", [5], {}, (3, 5), 1),
    norm("LayerNorm", [[3, 4]], {"eps": 0.25}, (2, 2, 3, 4), 1),
    norm("LayerNorm", [[4]], {"elementwise_affine": False}, (2, 3, 4), 1),
]
activations = [
    activation(kind, args, options, shape)
    for kind, args, options, shape in (
        *((kind, [], {}, (3, 7)) for kind in (
            "CELU", "ELU", "GELU", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "LeakyReLU", "LogSigmoid", "Mish", "PReLU", "ReLU",
            "ReLU6", "RReLU", "SELU", "Sigmoid", "SiLU", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink",
        )),
        ("CELU", [], {"alpha": 0.5}, (9,)),
        ("ELU", [], {"alpha": 1.5}, (9,)),
        ("GELU", [], {"approximate": "tanh"}, (9,)),
        ("GLU", [], {}, (3, 8)),
        ("GLU", [1], {}, (2, 4, 3)),
        ("Hardshrink", [], {"lambd": 1.25}, (9,)),
        ("Hardtanh", [], {"min_val": -0.5, "max_val": 1.5}, (9,)),
        ("LeakyReLU", [], {"negative_slope": 0.25}, (9,)),
        ("LogSoftmax", [-1], {}, (3, 5)),
        ("LogSoftmax", [0], {}, (3, 5)),
        ("PReLU", [3], {}, (2, 3, 4)),
        ("RReLU", [], {"lower": 0.0, "upper": 0.5}, (9,)),
        ("Softmax", [-1], {}, (3, 5)),
        ("Softmax", [1], {}, (2, 3, 4)),
        ("Softmax2d", [], {}, (2, 3, 2, 2)),
        ("Softmax2d", [], {}, (3, 2, 2)),
        ("Softmin", [-1], {}, (3, 5)),
        ("Softplus", [], {"beta": 2, "threshold": 1}, (9,)),
        ("Softshrink", [], {"lambd": 1.25}, (9,)),
        ("Threshold", [0.75, 20], {}, (9,)),
    )
]
layers = [
    recurrent(kind, options, shape, state)
    for kind, extra in (("LSTM", {}), ("GRU", {}), ("RNN", {}), ("RNN", {"nonlinearity": "relu"}))
    for options, shape, state in (
        ({**extra}, (3, 2, 2), False),
        ({"num_layers": 2, "bidirectional": True, "batch_first": True, **extra}, (2, 4, 2), True),
        ({"bias": False, **extra}, (3, 2), True),
    )
]
rows = {"norms": norms, "activations": activations, "recurrent": layers}[sys.argv[1]]
sys.stdout.write("[\n  %s\n]\n" % ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows))
