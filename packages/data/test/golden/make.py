"""Writes transforms.json: what torchvision 0.14 makes of two fixed images. Run with its Python, from anywhere."""

import json
import pathlib

import torch
import torchvision.transforms.functional as F
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional_tensor as T

assert torch.__version__.startswith("1.13")

MODES = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}
SHAPES = {"rgb": (3, 6, 7), "grey": (1, 5, 8)}


def image(shape):
    """transforms.test.ts makes the same: multiples of 1/64, so both start from equal bits."""
    count = shape[0] * shape[1] * shape[2]
    return torch.tensor([((37 * i + 11 * (i // 5)) % 64) / 64 for i in range(count)]).reshape(shape)


def displacement(height, width):
    """In pixels, [2, h, w]; transforms.test.ts makes the same."""
    count = height * width
    values = [((29 * i + 5) % 23 - 11) / 9 for i in range(2 * count)]
    return torch.tensor(values).reshape(2, height, width)


def displaced(x, mode):
    height, width = x.shape[-2:]
    pixels = displacement(height, width)
    normalised = torch.stack([pixels[0] * 2 / width, pixels[1] * 2 / height], -1).unsqueeze(0)
    return T.elastic_transform(x, normalised, mode)


def cases(name, x):
    c = x.shape[0]

    def case(op, args, y):
        return {"image": name, "op": op, "args": args, "shape": list(y.shape), "values": y.flatten().tolist()}

    yield case("hflip", {}, F.hflip(x))
    yield case("vflip", {}, F.vflip(x))
    for box in ((1, 2, 3, 4), (-2, -1, 4, 5), (2, 3, 6, 9)):
        yield case("crop", dict(zip(("top", "left", "height", "width"), box)), F.crop(x, *box))
    for size in ((4, 4), (3, 2), (5, 5)):
        yield case("fiveCrop", {"size": size}, torch.stack(F.five_crop(x, size)))
    yield case("tenCrop", {"size": (4, 3)}, torch.stack(F.ten_crop(x, (4, 3))))
    yield case("tenCrop", {"size": (4, 3), "verticalFlip": True}, torch.stack(F.ten_crop(x, (4, 3), vertical_flip=True)))
    for mode in ("constant", "edge", "reflect"):
        yield case("pad", {"padding": 2, "paddingMode": mode}, F.pad(x, 2, padding_mode=mode))
    for interpolation, mode in MODES.items():
        for size in ((9, 11), (4, 3), (6, 14)):
            args = {"size": size, "interpolation": interpolation}
            yield case("resize", args, F.resize(x, list(size), mode, antialias=False))
            if interpolation == "bilinear":
                yield case("resize", {**args, "antialias": True}, F.resize(x, list(size), mode, antialias=True))
        # Not 90 degrees for nearest: half of the places lie between two pixels, and rounding decides.
        for angle in (17, -120.5) + ((90,) if interpolation == "bilinear" else ()):
            yield case("rotate", {"angle": angle, "interpolation": interpolation}, F.rotate(x, angle, mode))
        for angle, translate, scale, shear in (
            (0, (1, -2), 1, (0, 0)),
            (0, (0, 0), 1.3, (0, 0)),
            (0, (0, 0), 1, (20, -10)),
            (33, (-1, 1), 0.7, (12, 7)),
        ):
            args = {"angle": angle, "translate": translate, "scale": scale, "shear": shear, "interpolation": interpolation}
            yield case("affine", args, F.affine(x, angle, list(translate), scale, list(shear), mode))
        yield case("displace", {"interpolation": interpolation}, displaced(x, interpolation))
    for factor in (0, 0.4, 1.7):
        yield case("adjustBrightness", {"factor": factor}, F.adjust_brightness(x, factor))
        yield case("adjustContrast", {"factor": factor}, F.adjust_contrast(x, factor))
        yield case("adjustSaturation", {"factor": factor}, F.adjust_saturation(x, factor))
    for factor in (-0.5, -0.13, 0.3):
        yield case("adjustHue", {"factor": factor}, F.adjust_hue(x, factor))
    yield case("erase", {"top": 1, "left": 2, "height": 3, "width": 2}, F.erase(x, 1, 2, 3, 2, torch.tensor(0.5)))
    mean, std = [0.4, 0.5, 0.6][:c], [0.2, 0.3, 0.25][:c]
    yield case("normalize", {"mean": mean, "std": std}, F.normalize(x, mean, std))


made = [case for name, shape in SHAPES.items() for case in cases(name, image(shape))]
path = pathlib.Path(__file__).with_name("transforms.json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in made) + "\n]\n")
