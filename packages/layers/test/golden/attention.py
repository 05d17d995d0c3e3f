"""Golden values of attention layers, made with PyTorch 1.13:

    python3 packages/layers/test/golden/attention.py > packages/layers/test/golden/attention.json

Inputs and parameters are multiples of 1/32, so that both sides start from the same bits. What is differentiated is the sum of the
outputs, each element multiplied by a number of the same kind.
"""

import json
import sys

import torch
from torch import nn


def pattern(shape, step=7, unit=8):
    size = 1
    for extent in shape:
        size *= extent
    return torch.tensor([((i * step) % 31 - 15) / unit for i in range(size)], dtype=torch.float32).reshape(shape)


def encode(x):
    return {"shape": list(x.shape), "data": [float("%.7g" % v) for v in x.detach().flatten().tolist()]}


def fill(layer):
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(pattern(parameter.shape, 5 + 2 * (i % 4), 32))


def answer(kind, args, options, layer, inputs, outputs, extra):
    objective = sum((y * pattern(y.shape, 11 + 2 * i)).sum() for i, y in enumerate(outputs))
    names = [name for name, _ in layer.named_parameters()]
    sources = [f"input{i}" for i in range(len(inputs))] + names
    grads = torch.autograd.grad(objective, [*inputs, *layer.parameters()], allow_unused=True)
    return {
        "kind": kind, "args": args, "options": options, **extra,
        "parameters": {name: encode(value) for name, value in layer.named_parameters()},
        "inputs": [encode(x) for x in inputs],
        "outputs": [encode(y) for y in outputs],
        "grads": {name: encode(grad) for name, grad in zip(sources, grads) if grad is not None},
    }


def attention(args, options, query, key, value, masks={}, average=True):
    layer = nn.MultiheadAttention(*args, **options)
    fill(layer)
    inputs = [pattern(shape, 5 + 2 * i).requires_grad_() for i, shape in enumerate((query, key, value))]
    given = {name: torch.tensor(value) for name, value in masks.items()}
    outputs = layer(*inputs, **given, average_attn_weights=average)
    return answer("MultiheadAttention", args, options, layer, inputs, outputs, {"masks": masks, "average": average})


def encoder(args, options, shape, masks={}, layers=0):
    one = nn.TransformerEncoderLayer(*args, **options, dropout=0.0)
    layer = nn.TransformerEncoder(one, layers, norm=nn.LayerNorm(args[0])) if layers else one
    fill(layer)
    x = pattern(shape, 5).requires_grad_()
    names = {"mask": "mask" if layers else "src_mask", "padding": "src_key_padding_mask"}
    output = layer(x, **{names[name]: torch.tensor(value) for name, value in masks.items()})
    return answer("TransformerEncoder", args, options, layer, [x], [output], {"masks": masks, "layers": layers})


causal = [[False, True, True], [False, False, True], [False, False, False]]
rows = [
    attention([4, 2], {}, [3, 2, 4], [3, 2, 4], [3, 2, 4]),
    attention([4, 2], {"batch_first": True, "bias": False}, [2, 3, 4], [2, 2, 4], [2, 2, 4]),
    attention([4, 1], {"kdim": 3, "vdim": 2}, [3, 2, 4], [2, 2, 3], [2, 2, 2]),
    attention([4, 2], {}, [3, 4], [2, 4], [2, 4]),
    attention([4, 2], {"batch_first": True}, [2, 3, 4], [2, 3, 4], [2, 3, 4], {"attn_mask": causal}),
    attention([4, 2], {"batch_first": True}, [2, 3, 4], [2, 3, 4], [2, 3, 4], {"attn_mask": causal, "key_padding_mask": [[False, False, True], [False, False, False]]}, False),
    attention([4, 2], {}, [2, 1, 4], [2, 1, 4], [2, 1, 4], {"attn_mask": [[[0.5, 0.0], [-1.0, 2.0]], [[0.0, 0.25], [0.5, 0.0]]]}),
    encoder([4, 2], {"dim_feedforward": 6}, [3, 2, 4]),
    encoder([4, 2], {"dim_feedforward": 6, "activation": "gelu", "norm_first": True, "batch_first": True}, [2, 3, 4], {"mask": causal}),
    encoder([4, 2], {"dim_feedforward": 5, "batch_first": True, "layer_norm_eps": 0.01}, [2, 3, 4], {"padding": [[False, False, True], [False, False, False]]}, 2),
]
sys.stdout.write("[\n  %s\n]\n" % ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows))
