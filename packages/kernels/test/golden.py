"""Makes golden.generated.ts: what PyTorch says in float64. Inputs come from `numbers`, which helpers.ts has too.

Run: python3 golden.py > golden.generated.ts   (made with PyTorch 1.13.0)
"""

import json
import math

import torch
import torch.nn.functional as F


def numbers(shape, seed=0):
    """The same few quarters in Python and TypeScript: ((i * 7 + seed * 5) mod 23 - 11) / 4."""
    i = torch.arange(math.prod(shape), dtype=torch.float64)
    return (((i * 7 + seed * 5) % 23 - 11) / 4).reshape(shape)


def flat(tensor):
    return [round(v, 15) if isinstance(v, float) else v for v in tensor.detach().flatten().tolist()]


def conv2d():
    cases = [
        ([1, 1, 4, 5], [1, 1, 3, 3], (1, 1), (0, 0), (1, 1), 1),
        ([2, 2, 5, 4], [3, 2, 3, 2], (1, 1), (1, 1), (1, 1), 1),
        ([1, 2, 6, 5], [2, 2, 3, 3], (2, 3), (1, 2), (1, 1), 1),
        ([1, 1, 7, 6], [2, 1, 3, 2], (1, 2), (2, 1), (2, 3), 1),
        ([2, 4, 4, 4], [4, 2, 2, 2], (2, 1), (0, 1), (1, 1), 2),
        ([1, 3, 4, 3], [6, 1, 3, 3], (1, 1), (1, 1), (1, 1), 3),
        ([1, 2, 2, 3], [3, 2, 1, 1], (1, 1), (0, 0), (1, 1), 1),
    ]
    for x_shape, w_shape, stride, padding, dilation, groups in cases:
        x = numbers(x_shape).requires_grad_()
        w = numbers(w_shape, 1).requires_grad_()
        y = F.conv2d(x, w, None, stride, padding, dilation, groups)
        y.backward(numbers(y.shape, 2))
        attrs = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        yield {"x": x_shape, "weight": w_shape, "attrs": attrs, "shape": list(y.shape), "y": flat(y), "dx": flat(x.grad), "dw": flat(w.grad)}


def avg_pool2d():
    cases = [
        ([1, 2, 4, 4], (2, 2), (2, 2), (0, 0)),
        ([1, 1, 5, 6], (3, 2), (2, 3), (1, 1)),
        ([1, 1, 5, 5], (3, 3), (3, 3), (1, 1)),
        ([2, 1, 6, 7], (4, 3), (3, 2), (2, 1)),
        ([1, 1, 6, 4], (3, 3), (2, 2), (1, 1)),
    ]
    for shape, kernel, stride, padding in cases:
        for ceil in (False, True):
            for include in (False, True):
                x = numbers(shape).requires_grad_()
                y = F.avg_pool2d(x, kernel, stride, padding, ceil, include)
                y.backward(numbers(y.shape, 2))
                attrs = {"kernelSize": kernel, "stride": stride, "padding": padding, "dilation": (1, 1), "countIncludePad": include}
                yield {"x": shape, "attrs": attrs, "ceilMode": ceil, "shape": list(y.shape), "y": flat(y), "dx": flat(x.grad)}


def max_pool2d():
    cases = [
        ([1, 2, 4, 4], (2, 2), (2, 2), (0, 0), (1, 1)),
        ([1, 1, 5, 6], (3, 2), (2, 3), (1, 1), (1, 1)),
        ([2, 1, 7, 6], (2, 3), (2, 1), (1, 0), (3, 2)),
        ([1, 1, 6, 6], (3, 3), (2, 2), (1, 1), (2, 2)),
    ]
    for shape, kernel, stride, padding, dilation in cases:
        for ceil in (False, True):
            y, indices = F.max_pool2d(numbers(shape), kernel, stride, padding, dilation, ceil, return_indices=True)
            attrs = {"kernelSize": kernel, "stride": stride, "padding": padding, "dilation": dilation}
            yield {"x": shape, "attrs": attrs, "ceilMode": ceil, "shape": list(y.shape), "indices": flat(indices)}


def pool_extents():
    """[input, kernel, stride, padding, dilation, ceil, output]; output 0 where PyTorch refuses."""
    for size in range(1, 7):
        for kernel in range(1, 5):
            for stride in (1, 2, 3):
                for padding in range(0, kernel // 2 + 1):
                    for dilation in (1, 2):
                        for ceil in (0, 1):
                            if padding > 0 and dilation > size:
                                continue
                            try:
                                x = torch.zeros(1, 1, size, 1)
                                y = F.max_pool2d(x, (kernel, 1), (stride, 1), (padding, 0), (dilation, 1), bool(ceil))
                                yield [size, kernel, stride, padding, dilation, ceil, y.shape[2]]
                            except RuntimeError:
                                yield [size, kernel, stride, padding, dilation, ceil, 0]


def resize2d():
    for shape, size in (([1, 2, 2, 3], (4, 6)), ([1, 1, 3, 4], (5, 7)), ([1, 1, 5, 6], (3, 2)), ([2, 1, 4, 3], (1, 5)), ([1, 1, 1, 2], (3, 3))):
        for mode, align in (("nearest", False), ("bilinear", False), ("bilinear", True)):
            x = numbers(shape).requires_grad_()
            y = F.interpolate(x, size=size, mode=mode, align_corners=None if mode == "nearest" else align)
            y.backward(numbers(y.shape, 2))
            yield {"x": shape, "attrs": {"mode": mode, "alignCorners": align}, "shape": list(y.shape), "y": flat(y), "dx": flat(x.grad)}


def conv_transpose2d_shapes():
    for x, w, stride, padding, dilation, groups, extra in (
        ([1, 8, 7, 7], [8, 4, 4, 4], (2, 2), (1, 1), (1, 1), 1, (0, 0)),
        ([2, 4, 5, 3], [4, 3, 3, 2], (3, 2), (1, 0), (2, 1), 2, (2, 1)),
    ):
        y = F.conv_transpose2d(torch.zeros(x), torch.zeros(w), None, stride, padding, extra, groups, dilation)
        attrs = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        yield {"x": x, "weight": w, "attrs": attrs, "outputPadding": extra, "shape": list(y.shape)}


def erf():
    """Pairs [x, erf x] of the C library."""
    for i in range(-4, 65):
        yield [i / 10, math.erf(i / 10)]


print("// Made by golden.py with PyTorch; do not edit.")
for name, rows in (
    ("conv2dCases", conv2d()),
    ("avgPool2dCases", avg_pool2d()),
    ("maxPool2dCases", max_pool2d()),
    ("poolExtents", pool_extents()),
    ("resize2dCases", resize2d()),
    ("convTranspose2dShapes", conv_transpose2d_shapes()),
    ("erfPairs", erf()),
):
    print(f"\nexport const {name} = [")
    for row in rows:
        print(f"  {json.dumps(row)},")
    print("] as const;")
