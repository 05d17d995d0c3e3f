"""The PyTorch side of the benchmarks, started by pytorch.ts as `python3 pytorch.py <threads>`.

Says first what it is, then answers a line of JSON with a line of JSON:
{"work": "gemm", "args": [2, 3, 4], "iterations": 10} gives the milliseconds of one iteration, and without iterations a sample of the result.
A work gives its step, or its step and what comes to a result that others can have too.
Needs torch and numpy (Debian: python3-torch).
"""

import json
import os
import resource
import sys
import time
from collections import OrderedDict

start = time.perf_counter()
import torch

(torch.tensor([1.0, 2.0]) + torch.tensor([3.0, 4.0])).tolist()
import_ms = (time.perf_counter() - start) * 1000

import numpy as np
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(int(sys.argv[1]))


def values(shape, seed, low=-0.5, high=0.5):
    """The twin of values.ts."""
    h = np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(seed * 0x9E3779B9 & 0xFFFFFFFF)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    units = ((h ^ (h >> np.uint32(16))) >> np.uint32(8)) * 2.0**-24
    return torch.from_numpy((low + units * (high - low)).astype(np.float32)).reshape(shape)


def sample(result):
    """The twin of agreement.ts."""
    flat = result.detach().flatten()
    return flat[:: -(-flat.numel() // 4096) | 1].tolist()


def gemm(m, k, n):
    a, b = values((m, k), 1), values((k, n), 2)
    return lambda: a @ b


def conv(direction, n, c, o, size, kernel):
    padding = kernel // 2
    x, w, dy = values((n, c, size, size), 1), values((o, c, kernel, kernel), 2), values((n, o, size, size), 3)
    return {
        "forward": lambda: F.conv2d(x, w, padding=padding),
        "inputGrad": lambda: nn.grad.conv2d_input(x.shape, w, dy, padding=padding),
        "weightGrad": lambda: nn.grad.conv2d_weight(x, w.shape, dy, padding=padding),
    }[direction]


def elementwise(name, rows, columns, low, high):
    a, b = values((rows, columns), 1, low, high), values((rows, columns), 2, low, high)
    return {
        "add": lambda: a + b,
        "relu": lambda: torch.relu(a),
        "exp": lambda: torch.exp(a),
        "sigmoid": lambda: torch.sigmoid(a),
        "tanh": lambda: torch.tanh(a),
        "sum": lambda: torch.sum(a),
        "softmax": lambda: torch.softmax(a, 1),
    }[name]


def small_add(size):
    a, b = values((size,), 1), values((size,), 2)
    return lambda: a + b


def small_gradient(size):
    x = values((size,), 1).requires_grad_()
    return lambda: torch.autograd.grad((x * x + x).sum(), x)[0]


def lenet5():
    return nn.Sequential(OrderedDict(
        conv1=nn.Conv2d(1, 6, 5, padding=2), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
        conv2=nn.Conv2d(6, 16, 5), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2), flatten=nn.Flatten(),
        fc1=nn.Linear(400, 120), relu3=nn.ReLU(), fc2=nn.Linear(120, 84), relu4=nn.ReLU(), fc3=nn.Linear(84, 10),
    ))


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))


class Shorten(nn.Module):
    """Every second pixel, and as many channels of zeros on each side as double their number: option A of He et al."""

    def forward(self, x):
        extra = x.shape[1] // 2
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, extra, extra))


class Block(nn.Module):
    def __init__(self, before, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Identity() if stride == 1 else Shorten()

    def forward(self, x):
        hidden = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(hidden)) + self.shortcut(x))


class ResNet20(nn.Module):
    """As akamaster's pytorch_resnet_cifar10 has it."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(Block(16, 16, 1), Block(16, 16, 1), Block(16, 16, 1))
        self.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
        self.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        y = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(F.avg_pool2d(y, y.shape[3]).flatten(1))


class CharacterModel(nn.Module):
    """The twin of character-model.ts."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(65, 128)
        self.linear = nn.Linear(128, 65)

    def forward(self, x):
        return self.linear(self.lstm(x)[0].flatten(0, 1))


def fill(model):
    """The twin of starting-values.ts."""
    with torch.no_grad():
        for i, (name, parameter) in enumerate(model.named_parameters()):
            if parameter.dim() > 1:
                bound = parameter[0].numel() ** -0.5
                parameter.copy_(values(tuple(parameter.shape), 100 + i, -bound, bound))
            else:
                parameter.fill_(0 if "bias" in name else 1)


def images(*shape):
    """The twin of image-batch.ts."""
    return values(shape, 1, 0, 1), torch.arange(shape[0]) % 10


def characters(steps, batch):
    """The twin of character-batch.ts."""
    text = torch.from_numpy(np.floor(values((steps + 1, batch), 1, 0, 64.9).numpy()).astype(np.int64))
    return F.one_hot(text[:-1], 65).float(), text[1:].flatten()


TRAININGS = {
    "mlp": (mlp, lambda batch: images(batch, 1, 28, 28)),
    "lenet5": (lenet5, lambda batch: images(batch, 1, 28, 28)),
    "resnet20": (ResNet20, lambda batch: images(batch, 3, 32, 32)),
    "lstm": (CharacterModel, lambda batch: characters(64, batch)),
}


def train(name, batch):
    make_model, make_batch = TRAININGS[name]
    model = make_model()
    fill(model)
    x, y = make_batch(batch)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    def result():
        losses = [step().item() for _ in range(3)]
        return torch.cat([torch.tensor(losses), *(buffer.flatten().float() for buffer in model.buffers())])

    return step, result


def epochs(size, batch):
    """LeNet-5 on the twin of patterned-images.ts, in the loop of PyTorch's tutorials."""
    classes = torch.arange(size) % 10
    pixels = torch.floor((values((size, 784), 1, 0, 255) + values((10, 784), 2, 0, 255)[classes]) / 2) / 255
    dataset = TensorDataset(pixels.reshape(size, 1, 28, 28), classes)
    model = lenet5()
    fill(model)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def epoch(loader):
        total = 0
        for x, y in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        return torch.tensor(total / size)

    shuffled = DataLoader(dataset, batch_size=batch, shuffle=True)
    return lambda: epoch(shuffled), lambda: epoch(DataLoader(dataset, batch_size=batch))


class Augmented(torch.utils.data.Dataset):
    """Images as tensors, each changed when it is taken, as torchvision's datasets do."""

    def __init__(self, dataset, transform):
        self.dataset, self.transform = dataset, transform

    def __len__(self):
        return len(self.dataset)

    def __getitem__(self, index):
        x, y = self.dataset[index]
        return (x if self.transform is None else self.transform(x)), y


def loader(size, batch, augmentation, workers):
    """[waiting in per cent, images a second] of an epoch, the median of three after a first; twin of loader.ts."""
    import torchvision.transforms as T

    moved = T.RandomAffine(10, translate=(0.1, 0.1), interpolation=T.InterpolationMode.BILINEAR)
    transform = {
        "none": None,
        "affine": moved,
        "elastic": T.Compose([moved, T.ElasticTransform(36.0, 4.0)]),
    }[augmentation]
    images = TensorDataset(torch.rand(size, 1, 28, 28), torch.arange(size) % 10)
    train = DataLoader(Augmented(images, transform), batch, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    model = lenet5()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def epoch():
        waited, start = 0, time.perf_counter()
        batches = iter(train)
        while True:
            asked = time.perf_counter()
            x, y = next(batches, (None, None))
            waited += time.perf_counter() - asked
            if x is None:
                seconds = time.perf_counter() - start
                return 100 * waited / seconds, size / seconds
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            loss.item()

    epoch()
    return lambda: torch.tensor(sorted(epoch() for _ in range(3))[1])


WORKS = {
    "gemm": gemm, "conv": conv, "elementwise": elementwise, "smallAdd": small_add, "smallGradient": small_gradient,
    "train": train, "epochs": epochs, "loader": loader,
}


def answer(work, args, iterations=None):
    key = json.dumps([work, args])
    if key not in made:
        made.clear()
        work = WORKS[work](*args)
        made[key] = work if isinstance(work, tuple) else (work, work)
    step, result = made[key]
    if iterations is None:
        return {"result": sample(result())}
    start = time.perf_counter()
    for _ in range(iterations):
        step()
    ms = (time.perf_counter() - start) * 1000 / iterations
    return {"ms": ms, "peakRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def blas():
    """The file of the BLAS that is loaded, behind all links; '' where PyTorch has its own or the system does not tell."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps if "blas" in line}
        return next((name for name in sorted(loaded, reverse=True) if "blas" in name), "")
    except OSError:
        return ""


made = {}
capability = next((line.split(":")[1].strip() for line in torch.__config__.show().split("\n") if "CPU capability" in line), "?")
print(json.dumps({"version": torch.__version__, "capability": capability, "blas": blas(), "importMs": import_ms}), flush=True)
for line in sys.stdin:
    try:
        print(json.dumps(answer(**json.loads(line))), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
