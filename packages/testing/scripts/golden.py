"""Asks PyTorch for the golden values: packages/testing/golden/<family>/<op>.json.

Run from anywhere, with a Python that has torch (made with PyTorch 1.13, Debian's python3-torch):

    python3 packages/testing/scripts/golden.py          # every op
    python3 packages/testing/scripts/golden.py relu add  # these ops only

Each sample's inputs, expression and differentiable inputs come from the records, through export-samples.mjs. Everything is
computed in float64 and rounded to 9 significant digits; inputs are not stored, the records make them again.
"""

import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

here = Path(__file__).resolve().parent
golden = here.parent / "golden"
dtypes = {"float": torch.float64, "int32": torch.int32, "uint8": torch.uint8, "bool": torch.bool}


def main(wanted):
    torch.set_default_dtype(torch.float64)
    exported = subprocess.run(["node", here / "export-samples.mjs"], check=True, stdout=subprocess.PIPE).stdout
    families = json.loads(exported)
    if not wanted:
        shutil.rmtree(golden, ignore_errors=True)
    failures = []
    for family, ops in families.items():
        for op, questions in ops.items():
            if wanted and op not in wanted:
                continue
            answers = {}
            for question in questions:
                try:
                    answers[question["name"]] = answer(question)
                except Exception as error:  # report every wrong expression at once
                    failures.append(f"{op} › {question['name']}: {question['torch']}: {error}")
            write(golden / family / f"{op}.json", op, answers)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def answer(question):
    inputs = [tensor_of(described) for described in question["inputs"]]
    sources = [inputs[i].requires_grad_() for i in question["differentiable"]]
    scope = {"torch": torch, "F": F, "np": np, "math": math, **{f"x{i}": x for i, x in enumerate(inputs)}}
    result = eval(question["torch"], scope)
    outputs = list(result) if isinstance(result, (tuple, list)) else [result]
    return {
        "hash": question["hash"],
        "outputs": [{"shape": list(y.shape), "kind": kind(y), "values": numbers(y)} for y in outputs],
        "gradients": [numbers(gradient) for gradient in gradients(outputs, sources)],
    }


def tensor_of(described):
    values = [float(value) for value in described["values"]]
    return torch.tensor(values, dtype=torch.float64).to(dtypes[described["dtype"]]).reshape(described["shape"])


def gradients(outputs, sources):
    """By each source, for the upstream gradients of differentiate.ts; zeros where nothing depends on one."""
    traced = [(k, y) for k, y in enumerate(outputs) if y.requires_grad]
    if not sources:
        return []
    if not traced:
        return [torch.zeros_like(x) for x in sources]
    cotangents = [torch.cos(0.3 + k + torch.arange(y.numel(), dtype=y.dtype)).reshape(y.shape) for k, y in traced]
    found = torch.autograd.grad([y for _, y in traced], sources, cotangents, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(sources, found)]


def kind(y):
    return "bool" if y.dtype == torch.bool else "float" if y.dtype.is_floating_point else "int"


def numbers(y):
    """Row-major; of large arrays every k-th element, as goldenElements in golden.ts."""
    every = 1 if y.numel() <= 256 else math.ceil(y.numel() / 128) | 1
    return [number(value) for value in y.detach().flatten()[::every].tolist()]


def number(value):
    if isinstance(value, (bool, int)):
        return int(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    rounded = float(f"{value:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e9 else rounded


def write(path, op, answers):
    """One sample a line, so that a change shows in a diff."""
    path.parent.mkdir(parents=True, exist_ok=True)
    compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    lines = [f"{compact(name)}:{compact(found)}" for name, found in answers.items()]
    head = f'{{"op":{compact(op)},"torch":{compact(torch.__version__)},"samples":{{\n'
    path.write_text(head + ",\n".join(lines) + "\n}}\n")


sys.exit(main(sys.argv[1:]))
