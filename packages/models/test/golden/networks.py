"""What torchvision's networks compute with weights that a formula gives (test/pattern.ts has the same), in float64:

    python3 packages/models/test/golden/networks.py > packages/models/test/golden/networks.json

Made with torch 1.13 and torchvision 0.14. For each network: the names and shapes of its state dict; and in evaluation and in training mode
(without dropout) some logits, some values of the gradient by the image of the sum of logits times a pattern, and that sum and its like of the
gradient, which depend on every value.
"""

import json
import sys

import numpy as np
import torch
import torchvision.models as models

NETWORKS = {
    "alexnet": (lambda: models.alexnet(dropout=0), (2, 3, 64, 64)),
    "vgg11": (lambda: models.vgg11(dropout=0, init_weights=False), (2, 3, 32, 32)),
    "googlenet": (lambda: models.googlenet(aux_logits=True, init_weights=False, transform_input=True, dropout=0, dropout_aux=0), (2, 3, 48, 48)),
    "resnet18": (lambda: models.resnet18(), (3, 3, 40, 40)),
    "resnet50": (lambda: models.resnet50(), (4, 3, 48, 48)),
    "fcn_resnet50": (lambda: models.segmentation.fcn_resnet50(weights=None, weights_backbone=None, aux_loss=True), (2, 3, 32, 24)),
}


def pattern(name, size):
    """A number in [-1, 1) for each index, which depends on the name."""
    seed = np.uint32(2166136261)
    with np.errstate(over="ignore"):
        for byte in name.encode():
            seed = np.uint32((seed ^ np.uint32(byte)) * np.uint32(16777619))
        x = (np.arange(size, dtype=np.uint32) + seed) * np.uint32(2654435761)
        x ^= x >> np.uint32(15)
        x *= np.uint32(2246822519)
        x ^= x >> np.uint32(13)
        x *= np.uint32(3266489917)
        x ^= x >> np.uint32(16)
    return x / 2.0**31 - 1


def fill(name, shape):
    size = int(np.prod(shape))
    p = pattern(name, size)
    if name.endswith("num_batches_tracked"):
        p = np.zeros(size)
    elif name.endswith("running_var"):
        p = 1 + 0.2 * p
    elif len(shape) > 1:
        p = p * np.sqrt(6 / np.prod(shape[1:]))
    elif name.endswith("running_mean"):
        p = 0.1 * p
    else:
        # Few values before a ReLU are near 0, where rounding would switch a whole path of the gradient: PyTorch's own float32 results are then
        # within 1e-5 of these.
        p = 0.2 + 0.1 * p
    return torch.from_numpy(p.astype(np.float32).reshape(shape))


def weighed(name, values):
    return (values * torch.from_numpy(pattern(name, values.numel())).reshape(values.shape)).sum()


def sample(values):
    flat = values.detach().flatten()
    return [float(f"{v:.7g}") for v in flat[:: max(1, flat.numel() // 12)][:12].tolist()]


def outputs(out):
    """By our names."""
    if isinstance(out, torch.Tensor):
        return {"out": out}
    if isinstance(out, dict):
        return dict(out)
    # torchvision swaps the two: aux_logits2 is that of the earlier layer, its module aux1.
    return {"logits": out.logits, "aux1": out.aux_logits2, "aux2": out.aux_logits1}


def run(model, shape):
    x = torch.from_numpy(pattern("image", int(np.prod(shape))).astype(np.float32)).double().reshape(shape).requires_grad_()
    out = outputs(model(x))
    loss = sum(weighed(name, values) for name, values in out.items())
    loss.backward()
    return {
        "outputs": {
            name: {"shape": list(v.shape), "scale": float(f"{v.abs().max():.7g}"), "weighed": float(f"{weighed(name, v):.7g}"), "sample": sample(v)}
            for name, v in out.items()
        },
        "gradient": {"scale": float(f"{x.grad.abs().max():.7g}"), "weighed": float(f"{weighed('gradient', x.grad):.7g}"), "sample": sample(x.grad)},
    }


golden = {}
for name in sys.argv[1:] or NETWORKS:
    make, shape = NETWORKS[name]
    model = make()
    state = {key: list(value.shape) for key, value in model.state_dict().items()}
    model.load_state_dict({key: fill(key, size) for key, size in state.items()})
    model = model.double()
    result = {"image": list(shape), "state": state}
    for mode in ("eval", "train"):
        model.train(mode == "train")
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0
        result[mode] = run(model, shape)
    golden[name] = result
    print(name, {m: {k: v["scale"] for k, v in result[m]["outputs"].items()} | {"grad": result[m]["gradient"]["scale"]} for m in ("eval", "train")}, file=sys.stderr)
print(json.dumps(golden, separators=(",", ":")))
