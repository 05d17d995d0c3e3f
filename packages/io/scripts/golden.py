"""Asks NumPy and PyTorch for files: packages/io/test/golden/{npy,npz,pth}.json, each file in base64 with what it holds.

    python3 packages/io/scripts/golden.py

Made with NumPy 1.24 and PyTorch 1.13 (Debian's python3-numpy and python3-torch).
"""

import base64
import collections
import io
import json
import math
from pathlib import Path

import numpy as np
import torch

golden = Path(__file__).resolve().parent.parent / "test" / "golden"

integers = "i1 i2 i4 i8 u1 u2 u4 u8".split()
floats = "f2 f4 f8".split()


def main():
    golden.mkdir(exist_ok=True)
    write("npy", npy_files())
    write("npz", npz_files())
    write("pth", pth_files())


def npy_files():
    for order in "<>":
        for code in integers + floats + ["b1"]:
            values = np.array([[0, 1, 2], [3, 4, 100]]) - (3 if code[0] in "if" else 0)
            values = (values % 2 if code == "b1" else values * 1.25 if code[0] == "f" else values).astype(order + code)
            yield npy(f"{order}{code}", values)
            yield npy(f"{order}{code} in Fortran order", np.asfortranarray(values))
    yield npy("rank 0", np.array(2.5))
    yield npy("rank 3 in Fortran order", np.asfortranarray(np.arange(24, dtype="i4").reshape(2, 3, 4)))
    yield npy("no elements", np.zeros((0, 3), "f4"))
    yield npy("no elements in Fortran order", np.zeros((3, 0, 2), "f4", order="F"))
    yield npy("extremes", np.array([np.inf, -np.inf, -0.0, np.nextafter(0, 1)]))
    yield npy("half extremes", np.array([np.inf, -np.inf, 65504, 2**-24, -0.0], "f2"))
    yield npy("a long first axis", np.zeros(123, "b1"))
    for version in [(1, 0), (2, 0), (3, 0)]:
        yield npy(f"version {version[0]}.0", np.arange(3, dtype="f4"), version)
    yield refused("object array", np.array([None, 1]), "objects, which are pickled Python")
    yield refused("complex", np.array([1j]), "complex numbers")
    yield refused("text", np.array(["ab"]), "text")
    yield refused("byte strings", np.array([b"ab"]), "byte strings")
    yield refused("dates", np.array(["2020-01-01"], "M8[D]"), "dates")
    yield refused("structured array", np.array([(1, 2.0)], [("a", "i4"), ("b", "f4")]), "structured array")
    yield refused("structured array with a name in UTF-8", np.array([(1,)], [("\u00e4\u4e2d", "i4")]), "structured array")
    yield refused("int64 past int32", np.array([0, 2**31]), "I64 values are read as int32 and must fit it, got 2147483648 (array, element 1)")
    yield refused("big-endian uint64 past int32", np.array([2**63], ">u8"), "U64 values are read as int32 and must fit it, got 9223372036854775808")


def npy(name, array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version)
    return {"name": name, "file": base64_of(file), "value": host_tensor(array)}


def refused(name, array, message):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=True)
    return {"name": name, "file": base64_of(file), "refused": message}


def npz_files():
    arrays = {"weight": np.arange(6, dtype="f4").reshape(2, 3), "zeros": np.zeros(300, "u1"), "a/b \u00e4": np.array(7)}
    for save in [np.savez, np.savez_compressed]:
        file = io.BytesIO()
        save(file, **arrays)
        yield {"name": save.__name__, "file": base64_of(file), "value": {name: host_tensor(a) for name, a in arrays.items()}}


def pth_files():
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Linear(3, 2))
    optimizer = torch.optim.Adam(model[1].parameters())
    model(torch.randn(1, 1, 5, 5)).sum().backward()
    optimizer.step()
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3, 5])
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    kinds = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]
    values = {
        "a tensor": torch.tensor([[1.5, -2], [3, 4]]),
        "a state dict": model.state_dict(),
        "a checkpoint": {"epoch": 3, "state_dict": model[2].state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()},
        "every dtype": {str(kind): torch.tensor([0, 1, 100]).to(kind) for kind in kinds},
        "booleans": torch.tensor([True, False]),
        "half extremes": torch.tensor([math.inf, -math.inf, 65504, 2**-24]).half(),
        "views": {
            "transposed": base.permute(2, 0, 1),
            "stepped": base[:, ::2, 1::2],
            "row": base[1, 1],
            "expanded": base[0, 0, :1].expand(2, 3),
            "whole": base,
        },
        "rank 0 and no elements": [torch.tensor(2.5), torch.zeros(0), torch.zeros(3, 0, 2)],
        "a parameter": torch.nn.Parameter(torch.tensor([1.0, 2.0])),
        "plain data": {
            "none": None,
            "flags": [True, False],
            "numbers": (0, 255, 256, 65535, 65536, -1, 2**31, -(2**40), 0.1, -1e300),
            "text": ["", "a", "\u00e4\u4e2d\U0001f600", "x" * 257],
            "nested": {"list": [[], [[1]], {}], "ordered": collections.OrderedDict([("b", 1), ("a", 2)])},
            "tuples": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
            "size": torch.Size([2, 3]),
            "device": [torch.device("cpu"), torch.device("cuda", 1)],
            "dtype": torch.float16,
            "same": [base_list := [1, 2], base_list],
        },
        "bytes": [b"", b"\x00\x7f\x80\xff", b"y" * 257],
    }
    for name, value in values.items():
        yield pth(name, value)
        yield pth(f"{name}, legacy", value, _use_new_zipfile_serialization=False)
    for protocol in [3, 4, 5]:
        for name in ["a parameter", "plain data", "bytes"]:
            yield pth(f"{name}, protocol {protocol}", values[name], pickle_protocol=protocol)


def pth(name, value, **options):
    file = io.BytesIO()
    torch.save(value, file, **options)
    return {"name": name, "file": base64_of(file), "value": plain(value)}


def plain(value):
    """Dicts as pairs, so that JSON keeps their keys; `$` tells what JSON has no word for."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
        return {"$": "tensor", **host_tensor(value.float().numpy() if value.dtype == torch.bfloat16 else value.numpy())}
    if isinstance(value, dict):
        return {"$": "dict", "items": [[plain(key), plain(item)] for key, item in value.items()]}
    if isinstance(value, bytes):
        return {"$": "bytes", "values": list(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (torch.device, torch.dtype)):
        return str(value)
    return value


dtypes = {"f2": "float32", "f4": "float32", "f8": "float64", "u1": "uint8", "b1": "bool"}


def host_tensor(array):
    dtype = dtypes.get(array.dtype.str[1:], "int32")
    values = array.astype("f8" if array.dtype.kind == "f" else "i8").ravel().tolist()
    return {"shape": list(array.shape), "dtype": dtype, "values": [number(value) for value in values]}


def number(value):
    return str(value) if isinstance(value, float) and (math.isinf(value) or str(value) == "-0.0") else value


def base64_of(file):
    return base64.b64encode(file.getvalue()).decode()


def write(name, cases):
    rows = ",\n".join(json.dumps(case) for case in cases)
    (golden / f"{name}.json").write_text(f"[\n{rows}\n]\n")


main()
