"""Golden values of convolution, padding and pooling layers, made with PyTorch 1.13:

    python3 packages/layers/test/golden/dimensions.py > packages/layers/test/golden/dimensions.json

Inputs and parameters are multiples of 1/8, so that both sides start from the same bits. What is differentiated is the sum of the
output, each element multiplied by a number of the same kind.
"""

import json
import sys

import torch
from torch import nn


def pattern(shape, step=7):
    size = 1
    for extent in shape:
        size *= extent
    return torch.tensor([((i * step) % 31 - 15) / 8 for i in range(size)], dtype=torch.float32).reshape(shape)


def encode(x):
    return {"shape": list(x.shape), "data": [float("%.7g" % v) for v in x.detach().flatten().tolist()]}


def row(kind, args, options, shape):
    layer = getattr(nn, kind)(*args, **options)
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(pattern(parameter.shape, 5 + 2 * (i % 4)))
    x = pattern(shape).requires_grad_()
    output = layer(x)
    names = [name for name, _ in layer.named_parameters()]
    grads = torch.autograd.grad((output * pattern(output.shape, 11)).sum(), [x, *layer.parameters()])
    return {
        "kind": kind, "args": args, "options": options,
        "parameters": {name: encode(value) for name, value in layer.named_parameters()},
        "x": encode(x), "output": encode(output),
        "grads": {name: encode(grad) for name, grad in zip(["x", *names], grads)},
    }


rows = [
    row("Conv1d", [2, 3, 3], {"stride": 2, "padding": 1}, [2, 2, 6]),
    row("Conv1d", [2, 2, 2], {"padding": 2, "padding_mode": "circular", "bias": False}, [1, 2, 4]),
    row("Conv2d", [2, 2, 3], {"padding": 1, "padding_mode": "reflect"}, [1, 2, 4, 3]),
    row("Conv2d", [4, 2, [2, 3]], {"padding": "same", "padding_mode": "replicate", "groups": 2}, [1, 4, 3, 4]),
    row("Conv3d", [2, 2, [2, 1, 3]], {"stride": [1, 2, 1], "dilation": [1, 1, 2]}, [1, 2, 3, 3, 6]),
    row("Conv3d", [1, 1, 2], {"padding": 1, "padding_mode": "replicate"}, [1, 1, 2, 2, 2]),
    row("ConvTranspose1d", [2, 3, 3], {"stride": 2, "padding": 1, "output_padding": 1}, [1, 2, 4]),
    row("ConvTranspose2d", [4, 2, 3], {"stride": 2, "groups": 2, "bias": False}, [1, 4, 2, 3]),
    row("ConvTranspose2d", [2, 4, 2], {"dilation": 2, "groups": 2}, [1, 2, 2, 2]),
    row("ConvTranspose3d", [1, 2, 2], {"stride": [1, 2, 1]}, [1, 1, 2, 2, 2]),
    row("MaxPool1d", [2], {"padding": 1}, [1, 2, 5]),
    row("MaxPool3d", [2], {"stride": 1}, [1, 1, 3, 2, 3]),
    row("AvgPool1d", [3], {"stride": 2, "count_include_pad": False, "padding": 1}, [1, 2, 6]),
    row("AvgPool3d", [2], {"ceil_mode": True}, [1, 1, 3, 2, 3]),
    row("AdaptiveAvgPool1d", [2], {}, [1, 2, 5]),
    row("AdaptiveAvgPool2d", [[2, 3]], {}, [1, 1, 5, 4]),
    row("AdaptiveAvgPool3d", [2], {}, [1, 1, 3, 2, 4]),
    row("AdaptiveMaxPool1d", [2], {}, [1, 2, 5]),
    row("AdaptiveMaxPool2d", [[2, 3]], {}, [1, 1, 5, 4]),
    row("AdaptiveMaxPool3d", [2], {}, [1, 1, 3, 2, 4]),
    row("ZeroPad2d", [[1, 0, 2, 1]], {}, [1, 1, 2, 3]),
    row("ConstantPad2d", [1, 0.5], {}, [1, 1, 2, 3]),
    row("ReflectionPad2d", [[1, 2, 1, 0]], {}, [1, 1, 2, 3]),
    row("ReplicationPad2d", [[1, 2, 1, 0]], {}, [1, 1, 2, 3]),
    row("PixelShuffle", [2], {}, [1, 4, 2, 1]),
    row("PixelUnshuffle", [2], {}, [1, 1, 2, 4]),
    row("Unfold", [2], {"stride": 2, "padding": 1}, [1, 2, 3, 4]),
    row("Fold", [[3, 4], 2], {"stride": 2, "padding": 1}, [1, 8, 6]),
    row("Unflatten", [1, [2, 2]], {}, [2, 4, 2]),
    row("Upsample", [], {"scale_factor": 2, "mode": "bilinear", "align_corners": True}, [1, 1, 2, 3]),
    row("Upsample", [], {"size": [5], "mode": "linear"}, [1, 2, 3]),
]
sys.stdout.write("[\n  %s\n]\n" % ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows))
