"""Writes test/tensorboard/pytorch.tfevents with other people's code: the summaries of torch.utils.tensorboard (PyTorch 1.13), Google's
protobuf and crcmod's CRC-32C. Needs Debian's python3-torch, python3-protobuf, python3-crcmod and protobuf-compiler:

    python3 packages/train/scripts/tfevents.py
"""

import importlib.util
import struct
import subprocess
import sys
import tempfile
import types
from pathlib import Path

import crcmod.predefined
import numpy as np

tests = Path(__file__).resolve().parent.parent / "test" / "tensorboard"


def messages():
    """The classes of event.proto."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["protoc", f"-I{tests}", f"--python_out={folder}", "event.proto"], check=True)
        spec = importlib.util.spec_from_file_location("event_pb2", Path(folder) / "event_pb2.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def torch_summaries(proto):
    """torch.utils.tensorboard.summary, whose imports of the package tensorboard find these messages."""
    names = ["summary_pb2", "tensor_pb2", "tensor_shape_pb2"]
    found = {f"tensorboard.compat.proto.{name}": proto for name in names}

    class TextPluginData:
        def __init__(self, version):
            assert version == 0  # the default, which takes no bytes

        def SerializeToString(self):
            return b""

    found["tensorboard.plugins.text.plugin_data_pb2"] = types.SimpleNamespace(TextPluginData=TextPluginData)
    found["tensorboard.plugins.pr_curve.plugin_data_pb2"] = types.SimpleNamespace(PrCurvePluginData=None)
    found["tensorboard.plugins.custom_scalar"] = types.SimpleNamespace(layout_pb2=None)
    for name in list(found):
        parts = name.split(".")
        for i in range(1, len(parts)):
            found.setdefault(".".join(parts[:i]), types.ModuleType(".".join(parts[:i])))
    sys.modules.update(found)
    import torch

    folder = Path(torch.__file__).parent / "utils" / "tensorboard"
    package = types.ModuleType("torch_tensorboard")
    package.__path__ = [str(folder)]
    sys.modules["torch_tensorboard"] = package
    # PyTorch 1.13 passes NumPy a dtype that NumPy refuses since 1.24.
    np.greater = lambda a, b, dtype: (a > b).astype(dtype)
    return importlib.import_module("torch_tensorboard.summary")


def record(event):
    crc = crcmod.predefined.mkCrcFun("crc-32c")

    def masked(data):
        value = crc(data)
        return struct.pack("<I", (((value >> 15) | (value << 17)) + 0xA282EAD8) & 0xFFFFFFFF)

    data = event.SerializeToString()
    length = struct.pack("<Q", len(data))
    return length + masked(length) + data + masked(data)


def bins():
    """The default bins of torch.utils.tensorboard.SummaryWriter."""
    positive, limit = [], 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    return [-limit for limit in reversed(positive)] + [0] + positive


def main():
    proto = messages()
    summary = torch_summaries(proto)
    values = np.array([0, 1e-3, 0.5, 0.52, -2, -2, 3, 1e5], dtype=np.float64)
    pixels = np.arange(18, dtype=np.uint8).reshape(2, 3, 3) * 10
    events = [
        proto.Event(wall_time=1700000000.25, file_version="brain.Event:2"),
        proto.Event(wall_time=1700000001.5, step=1, summary=summary.scalar("loss/train", 0.75)),
        proto.Event(wall_time=1700000002, step=2, summary=summary.histogram("weights/fc", values, bins())),
        proto.Event(wall_time=1700000003, step=3, summary=summary.image("samples", pixels, dataformats="HWC")),
        proto.Event(wall_time=1700000004, step=4, summary=summary.text("note", "größer")),
        proto.Event(wall_time=1700000005, step=5000000000, session_log=proto.SessionLog(status="START")),
    ]
    (tests / "pytorch.tfevents").write_bytes(b"".join(map(record, events)))


main()
