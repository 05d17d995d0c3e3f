"""What PyTorch 1.13 predicts with foreign weights of a ResNet-20 for the images of CIFAR-10's data_batch_2:

    python3 packages/models/test/golden/resnet20.py DATA_DIR > packages/models/test/golden/resnet20.json

DATA_DIR holds cifar-10/data_batch_2.bin.gz; the weights are in DATA_DIR/../weights/resnet20-cifar10.safetensors. Logits of the first
images, predictions of the first 1000 as one digit each, and how many of all 10,000 are right.
"""

import gzip
import json
import struct
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

data = Path(sys.argv[1])
raw = (data / "../weights/resnet20-cifar10.safetensors").read_bytes()
(length,) = struct.unpack("<Q", raw[:8])
header = json.loads(raw[8 : 8 + length])
weights = {
    name: torch.frombuffer(bytearray(raw[8 + length + spec["data_offsets"][0] : 8 + length + spec["data_offsets"][1]]), dtype=torch.float32).reshape(spec["shape"])
    for name, spec in header.items()
    if name != "__metadata__"
}


def bn(x, name):
    w = {key: weights[f"{name}.{key}"] for key in ("running_mean", "running_var", "weight", "bias")}
    return F.batch_norm(x, *w.values())


def forward(x):
    y = F.relu(bn(F.conv2d(x, weights["conv1.weight"], padding=1), "bn1"))
    for stage in (1, 2, 3):
        for block in range(3):
            name = f"layer{stage}.{block}"
            stride = 2 if stage > 1 and block == 0 else 1
            z = F.relu(bn(F.conv2d(y, weights[f"{name}.conv1.weight"], stride=stride, padding=1), f"{name}.bn1"))
            z = bn(F.conv2d(z, weights[f"{name}.conv2.weight"], padding=1), f"{name}.bn2")
            planes = z.shape[1]
            if stride == 2:
                y = F.pad(y[:, :, ::2, ::2], (0, 0, 0, 0, planes // 4, planes // 4))
            y = F.relu(z + y)
    return F.linear(F.avg_pool2d(y, 8).flatten(1), weights["linear.weight"], weights["linear.bias"])


records = torch.frombuffer(bytearray(gzip.decompress((data / "cifar-10/data_batch_2.bin.gz").read_bytes())), dtype=torch.uint8).reshape(-1, 3073)
labels = records[:, 0].long()
mean = torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1)
std = torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1)
with torch.no_grad():
    logits = torch.cat([forward((part.reshape(-1, 3, 32, 32).float() / 255 - mean) / std) for part in records[:, 1:].split(500)])
predicted = logits.argmax(1)
print(json.dumps({
    "logits": [[round(v, 5) for v in row] for row in logits[:4].tolist()],
    "predictions": "".join(map(str, predicted[:1000].tolist())),
    "correctOf1000": int((predicted == labels)[:1000].sum()),
    "correctOf10000": int((predicted == labels).sum()),
}, indent=2))
