"""Golden values of the losses, made with PyTorch 1.13:

    python3 packages/layers/test/golden/make.py > packages/layers/test/golden/losses.json

Inputs are the multiples of 1/8 below, or are rounded to float32, so that both sides start from the same bits; PyTorch computes in float64.
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
        dtype = "float32" if value.is_floating_point() else "int32"
        data = value.flatten().tolist()
        return {"shape": list(value.shape), "dtype": dtype, "data": data if dtype == "int32" else [float("%.9g" % x) for x in data]}
    return value


def double(value):
    return value.double() if isinstance(value, torch.Tensor) and value.is_floating_point() else value


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def case(loss, function, inputs, options={}, differentiable=(0,), reduced=("mean", "sum", "none")):
    for reduction in reduced:
        given = {**options, "reduction": reduction}
        doubles = [double(x).clone() for x in inputs]
        sources = [doubles[i].requires_grad_() for i in differentiable]
        value = function(*doubles, **{name: double(option) for name, option in given.items()})
        # A gradient of ones where the value is not reduced.
        grads = torch.autograd.grad(value, sources, torch.ones_like(value))
        rows.append({
            "loss": loss,
            "inputs": [encode(x) for x in inputs],
            "options": {camel(k): "batchMean" if v == "batchmean" else encode(v) for k, v in given.items()},
            "value": encode(value.detach()),
            "grads": {i: encode(grad) for i, grad in zip(differentiable, grads)},
        })


def reduce(losses, reduction):
    return {"mean": losses.mean, "sum": losses.sum, "none": lambda: losses}[reduction]()


# What PyTorch has no function for, by its formula.
def squared_error(x, y, reduction):
    return reduce(0.5 * (x - y) ** 2, reduction)


def hinge(x, y, reduction, margin=1):
    return reduce(torch.relu(margin - x * y), reduction)


def contrastive(a, b, y, reduction, margin=1):
    d = (a - b).norm(dim=-1)
    return reduce(0.5 * (y * d**2 + (1 - y) * torch.relu(margin - d) ** 2), reduction)


def float32(x):
    return x.float()


rows = []
weight = torch.tensor([0.5, 1.0, 2.0, 0.25])
hard = torch.tensor([3, 0, 2, 2, 1])
ignored = torch.tensor([3, -100, 2, 0, 1])
spatial = torch.tensor([[[0, 3], [2, 1]], [[1, 1], [0, 2]]])
soft = torch.softmax(pattern(5, 4, step=11), 1)
scores = pattern(5, 4)

for options in ({}, {"weight": weight}, {"label_smoothing": 0.25}, {"weight": weight, "label_smoothing": 0.25}):
    case("crossEntropy", F.cross_entropy, [scores, hard], options)
    case("crossEntropy", F.cross_entropy, [scores, soft], options, (0, 1))
    case("crossEntropy", F.cross_entropy, [scores, ignored], options)
case("crossEntropy", F.cross_entropy, [scores, hard], {"ignore_index": 2, "weight": weight})
case("crossEntropy", F.cross_entropy, [pattern(2, 4, 2, 2), spatial], {"weight": weight, "label_smoothing": 0.1})
case("crossEntropy", F.cross_entropy, [pattern(2, 4, 2, 2), spatial], {"ignore_index": 1})
case("crossEntropy", F.cross_entropy, [pattern(4), torch.tensor(2)], reduced=["mean"])
case("crossEntropy", F.cross_entropy, [pattern(4), soft[0]], {"label_smoothing": 0.25}, reduced=["mean"])
case("nllLoss", F.nll_loss, [torch.log_softmax(scores, 1), hard], {"weight": weight})
case("nllLoss", F.nll_loss, [pattern(2, 4, 2, 2), spatial], {"ignore_index": 1})

# Some pairs are equal, some differ by exactly 1, where Huber's losses bend.
x, y = pattern(3, 4), pattern(3, 4, step=5)
for loss, function in (("mseLoss", F.mse_loss), ("l1Loss", F.l1_loss), ("smoothL1Loss", F.smooth_l1_loss), ("huberLoss", F.huber_loss)):
    case(loss, function, [x, y], {}, (0, 1))
case("squaredError", squared_error, [x, y], {}, (0, 1))
case("smoothL1Loss", F.smooth_l1_loss, [x, y], {"beta": 0.25}, (0, 1))
# Not at 0, where PyTorch gives either input a gradient of -1.
case("smoothL1Loss", F.smooth_l1_loss, [x + 1 / 32, y], {"beta": 0.0}, (0, 1))
case("huberLoss", F.huber_loss, [x, y], {"delta": 0.25}, (0, 1))

yes = y.gt(0).float()
for weights in ({}, {"weight": weight}, {"pos_weight": weight}):
    case("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, [10 * x, yes], weights, (0, 1))
chances = torch.tensor([[0.0, 1.0, 0.5, 0.125], [1.0, 0.0, 0.25, 0.875], [0.0625, 0.75, 0.5, 0.375]])
inner = torch.tensor([0.03125, 0.25, 0.5, 0.96875])
for weights in ({}, {"weight": weight}):
    case("binaryCrossEntropy", F.binary_cross_entropy, [chances, yes], weights)
    case("binaryCrossEntropy", F.binary_cross_entropy, [inner, torch.tensor([0.25, 0.0, 1.0, 0.5])], weights)

kinds = ("mean", "sum", "none", "batchmean")
logs = float32(torch.log_softmax(scores, 1))
case("klDiv", F.kl_div, [logs, soft], {}, (0, 1), kinds)
case("klDiv", F.kl_div, [logs, torch.tensor([[0.0, 0.5, 0.5, 0.0]] * 5)], {}, (0,), kinds)
case("klDiv", F.kl_div, [logs, float32(torch.log(soft))], {"log_target": True}, (0, 1), kinds)

signs = y.gt(0).float() * 2 - 1
for options in ({}, {"margin": 0.5}):
    case("hingeLoss", hinge, [x, signs], options)
    case("hingeEmbeddingLoss", F.hinge_embedding_loss, [x, signs], options)
    case("marginRankingLoss", F.margin_ranking_loss, [x, pattern(3, 4, step=11), signs], options, (0, 1))
    case("cosineEmbeddingLoss", F.cosine_embedding_loss, [x, pattern(3, 4, step=11), signs[:, 0]], options, (0, 1))
    case("cosineEmbeddingLoss", F.cosine_embedding_loss, [x[0], pattern(4, step=11), signs[0, 0]], options, (0, 1))
case("softMarginLoss", F.soft_margin_loss, [x, signs])

for options in ({}, {"p": 2}, {"margin": 0.75, "weight": weight}, {"p": 2, "weight": weight}):
    case("multiMarginLoss", F.multi_margin_loss, [scores, hard], options)
case("multiMarginLoss", F.multi_margin_loss, [pattern(4), torch.tensor(2)])
labels = torch.tensor([[3, 0, -1, 1], [-1, 2, 2, 2], [0, 1, 2, 3], [2, -1, 2, 0], [1, 1, -1, -1]])
case("multilabelMarginLoss", F.multilabel_margin_loss, [scores, labels])
case("multilabelMarginLoss", F.multilabel_margin_loss, [pattern(4), labels[0]])
case("multilabelSoftMarginLoss", F.multilabel_soft_margin_loss, [10 * x, yes])
case("multilabelSoftMarginLoss", F.multilabel_soft_margin_loss, [x, yes], {"weight": weight})

anchor, positive, negative = pattern(5, 3, step=7), pattern(5, 3, step=11), pattern(5, 3, step=17)
for options in ({}, {"margin": 0.25, "p": 1.0}, {"margin": 3.0, "swap": True}, {"p": float(2), "eps": 0.125}):
    case("tripletMarginLoss", F.triplet_margin_loss, [anchor, positive, negative], options, (0, 1, 2))
    case("tripletMarginLoss", F.triplet_margin_loss, [anchor, anchor, negative], options, (0, 1, 2))
for options in ({}, {"margin": 3.0}):
    case("contrastiveLoss", contrastive, [anchor, positive, torch.tensor([0.0, 1.0, 0.0, 1.0, 0.0])], options, (0, 1))

counts = torch.tensor([[0.0, 1.0, 2.0, 5.0], [3.0, 0.0, 1.0, 9.0], [4.0, 2.0, 0.0, 1.0]])
rates = x.abs()
for full in ({}, {"full": True}):
    case("poissonNllLoss", F.poisson_nll_loss, [x, counts], full)
    case("poissonNllLoss", F.poisson_nll_loss, [rates + 0.125, counts], {"log_input": False, **full})
    case("gaussianNllLoss", F.gaussian_nll_loss, [x, y, rates + 0.25], full, (0, 1, 2))
    case("gaussianNllLoss", F.gaussian_nll_loss, [x, y, torch.tensor([0.5, 0.0, 2.0])], {"eps": 0.125, **full}, (0, 1, 2))
case("gaussianNllLoss", F.gaussian_nll_loss, [x, y, torch.tensor([[0.5], [1.0], [2.0]])], {}, (0, 1, 2))
case("poissonNllLoss", F.poisson_nll_loss, [rates, counts], {"log_input": False, "eps": 0.25}, reduced=["mean"])
sys.stdout.write("[\n  %s\n]\n" % ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in rows))
