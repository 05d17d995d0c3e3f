"""Writes masks.json: what pycocotools 2.0.11 makes of polygons and masks. Run with a Python that has it, from anywhere."""

import json
import pathlib
import random

import numpy as np
from pycocotools import mask as coco

random.seed(7)


def text(rle):
    return rle["counts"].decode()


def box(rle):
    x, y, w, h = (int(number) for number in coco.toBbox(rle))
    return [x, y, x + w, y + h]


def polygon_case(polygons, h, w):
    merged = coco.merge(coco.frPyObjects(polygons, h, w))
    return {"polygons": polygons, "size": [h, w], "string": text(merged), "area": int(coco.area(merged)), "box": box(merged)}


def corner(low, high, digits):
    return round(random.uniform(low, high), digits)


def drawn(corners, h, w, digits, beyond=0.0):
    points = [(corner(-beyond, w + beyond, digits), corner(-beyond, h + beyond, digits)) for _ in range(corners)]
    return [number for point in points for number in point]


polygons = [
    polygon_case([[1, 1, 3, 1, 3, 3, 1, 3]], 4, 4),
    polygon_case([[0, 0, 5, 0, 5, 4, 0, 4]], 4, 5),  # the whole image
    polygon_case([[2.4, 1.1, 2.4, 1.1, 6.2, 3.3, 2.4, 5.5, 2.4, 1.1]], 7, 9),  # a corner twice, and closed
    polygon_case([[-5, -5, -1, -5, -1, -1]], 4, 4),  # outside
    polygon_case([[0, 0, 4, 4, 4, 0, 0, 4]], 5, 5),  # crosses itself
    polygon_case([[1, 2, 1, 2, 1, 2]], 5, 5),  # a point
    polygon_case([[0, 2.5, 9, 2.5, 4, 2.5]], 5, 9),  # a line
    polygon_case([[1, 1, 5, 1, 5, 5, 1, 5], [3, 3, 8, 3, 8, 8, 3, 8]], 9, 9),  # overlapping
]
for digits in (0, 2):
    for corners in (3, 4, 7, 30):
        polygons.append(polygon_case([drawn(corners, 23, 31, digits)], 23, 31))
        polygons.append(polygon_case([drawn(corners, 17, 12, digits, 9.0)], 17, 12))
polygons.append(polygon_case([drawn(5, 40, 60, 2), drawn(4, 40, 60, 2, 3.0), drawn(6, 40, 60, 1)], 40, 60))
polygons.append(polygon_case([drawn(12, 480, 640, 2)], 480, 640))


def blob(h, w, share):
    return np.asfortranarray(np.array([[random.random() < share for _ in range(w)] for _ in range(h)], dtype=np.uint8))


def mask_case(array):
    rle = coco.encode(array)
    return {
        "size": list(array.shape),
        "mask": "".join(map(str, array.flatten().tolist())),
        "string": text(rle),
        "area": int(coco.area(rle)),
        "box": box(rle),
    }


arrays = [np.asfortranarray(np.full((3, 4), value, dtype=np.uint8)) for value in (0, 1)]
arrays += [blob(h, w, share) for h, w, share in ((1, 1, 1), (6, 5, 0.1), (6, 5, 0.5), (5, 9, 0.9), (1, 30, 0.3), (30, 1, 0.3))]
long_runs = np.zeros((200, 300), dtype=np.uint8, order="F")
long_runs[3:190, 100:280] = 1
long_masks = coco.encode(long_runs)

pairs = []
for share, other in ((0.5, 0.5), (0.1, 0.9), (0, 0.5), (0, 0)):
    a, b = coco.encode(blob(8, 11, share)), coco.encode(blob(8, 11, other))
    pairs.append(
        {
            "a": {"size": [8, 11], "counts": text(a)},
            "b": {"size": [8, 11], "counts": text(b)},
            "union": text(coco.merge([a, b])),
            "intersection": text(coco.merge([a, b], True)),
            "iou": float(coco.iou([a], [b], [0])[0, 0]),
            "crowd": float(coco.iou([a], [b], [1])[0, 0]),
        }
    )

made = {
    "polygons": polygons,
    "masks": [mask_case(array) for array in arrays],
    "rectangle": {"string": text(long_masks), "area": int(coco.area(long_masks)), "box": box(long_masks)},
    "pairs": pairs,
}
rows = ",\n".join(f'"{key}": ' + json.dumps(value).replace("}, {", "},\n{") for key, value in made.items())
pathlib.Path(__file__).with_name("masks.json").write_text("{\n" + rows + "\n}\n")
