"""Golden values of the losses, made with PyTorch 1.13:

    python3 packages/layers/test/golden/make.py > packages/layers/test/golden/losses.json

Scores and probabilities are the multiples of 1/8 below, so that both sides start from the same bits.
"""

import json
import sys

import torch
import torch.nn.functional as F


def pattern(*shape, step=7, modulo=31):
    size = int(torch.tensor(shape).prod()) if shape else 1
    return torch.tensor([((i * step) % modulo - modulo // 2) / 8 for i in range(size)], dtype=torch.float32).reshape(shape)


def encode(value):
    if isinstance(value, torch.Tensor):
        dtype = "int32" if value.dtype == torch.int64 else "float32"
        return {"shape": list(value.shape), "dtype": dtype, "data": [round(x, 7) if dtype == "float32" else x for x in value.flatten().tolist()]}
    return value


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def case(loss, function, scores, target, options):
    scores = scores.clone().requires_grad_()
    value = function(scores, target, **options)
    # A gradient of ones where the value is not reduced.
    (grad,) = torch.autograd.grad(value, scores, torch.ones_like(value))
    return {
        "loss": loss,
        "scores": encode(scores.detach()),
        "target": encode(target),
        "options": {camel(k): encode(v) for k, v in options.items()},
        "value": encode(value.detach()),
        "grad": encode(grad),
    }


weight = torch.tensor([0.5, 1.0, 2.0, 0.25])
hard = torch.tensor([3, 0, 2, 2, 1])
ignored = torch.tensor([3, -100, 2, 0, 1])
spatial = torch.tensor([[[0, 3], [2, 1]], [[1, 1], [0, 2]]])
soft = torch.softmax(pattern(5, 4, step=11), 1)
reductions = ("mean", "sum", "none")
rows = []
for reduction in reductions:
    for options in ({}, {"weight": weight}, {"label_smoothing": 0.25}, {"weight": weight, "label_smoothing": 0.25}):
        options = {**options, "reduction": reduction}
        rows.append(case("crossEntropy", F.cross_entropy, pattern(5, 4), hard, options))
        rows.append(case("crossEntropy", F.cross_entropy, pattern(5, 4), soft, options))
        rows.append(case("crossEntropy", F.cross_entropy, pattern(5, 4), ignored, options))
    rows.append(case("crossEntropy", F.cross_entropy, pattern(5, 4), hard, {"ignore_index": 2, "weight": weight, "reduction": reduction}))
    rows.append(case("crossEntropy", F.cross_entropy, pattern(2, 4, 2, 2), spatial, {"weight": weight, "label_smoothing": 0.1, "reduction": reduction}))
    rows.append(case("nllLoss", F.nll_loss, torch.log_softmax(pattern(5, 4), 1), hard, {"weight": weight, "reduction": reduction}))
    rows.append(case("nllLoss", F.nll_loss, pattern(2, 4, 2, 2), spatial, {"ignore_index": 1, "reduction": reduction}))
    target = pattern(3, 4, step=5)
    rows.append(case("mseLoss", F.mse_loss, pattern(3, 4), target, {"reduction": reduction}))
    rows.append(case("l1Loss", F.l1_loss, pattern(3, 4), target, {"reduction": reduction}))
    target = pattern(3, 4, step=5).gt(0).float()
    for weights in ({}, {"weight": weight}, {"pos_weight": weight}):
        rows.append(case("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, 10 * pattern(3, 4), target, {**weights, "reduction": reduction}))
rows.append(case("crossEntropy", F.cross_entropy, pattern(4), torch.tensor(2), {}))
rows.append(case("crossEntropy", F.cross_entropy, pattern(4), soft[0], {"label_smoothing": 0.25}))
sys.stdout.write("[\n  %s\n]\n" % ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows))
