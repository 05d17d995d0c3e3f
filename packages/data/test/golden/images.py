"""Pictures and what PIL makes of them. Writes images.json, beside this file.

    python3 images.py PNGSUITE_FOLDER DATA_FOLDER

Made with PIL 9.4.0 on libjpeg-turbo 2.1.5, and torchvision 0.14.
"""
import base64
import glob
import hashlib
import io
import json
import os
import sys

import numpy as np
import torchvision.transforms.functional as F
from PIL import Image


def text(data):
    return base64.b64encode(bytes(data)).decode()


def planes(image):
    pixels = np.asarray(image)
    return np.ascontiguousarray(pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1))


def picture(width, height):
    """Smooth colours with an edge, so that chroma upsampling and every frequency matter."""
    y, x = np.mgrid[:height, :width]
    red = 128 + 100 * np.sin(x / 3 + y / 7)
    green = np.where(x + y > (width + height) / 2, 220, 30) + 0 * x
    blue = 255 * y / height
    return Image.fromarray(np.stack([red, green, blue], -1).clip(0, 255).astype(np.uint8))


def jpeg(name, image, **options):
    out = io.BytesIO()
    image.save(out, 'jpeg', **options)
    decoded = Image.open(io.BytesIO(out.getvalue()))
    decoded = decoded.convert('RGB') if decoded.mode == 'CMYK' else decoded
    grey = decoded.convert('L')
    return {
        'name': name,
        'file': text(out.getvalue()),
        'shape': list(planes(decoded).shape),
        'pixels': text(planes(decoded).tobytes()),
        'grey': text(planes(grey).tobytes()),
    }


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def oriented(orientation):
    from PIL import ImageOps

    row = jpeg(f'orientation {orientation}', picture(11, 6), quality=90, exif=exif(orientation))
    turned = ImageOps.exif_transpose(Image.open(io.BytesIO(base64.b64decode(row['file']))))
    return {'orientation': orientation, 'file': row['file'], 'shape': list(planes(turned).shape), 'pixels': text(planes(turned).tobytes())}


def suite(path):
    image = Image.open(path)
    if image.mode.startswith('I'):
        stored = np.asarray(image).astype('<i4')
        return {'name': os.path.basename(path), 'stored': hashlib.sha256(stored.tobytes()).hexdigest()}
    rgba = planes(image.convert('RGBA'))
    if image.mode == 'L' and 'transparency' in image.info:
        # PIL compares samples that it has scaled with a key that it has not: of 4 bits, 17 times.
        rgba = rgba.copy()
        rgba[3] = np.where(rgba[0] == image.info['transparency'] * (17 if path.endswith('04.png') else 1), 0, 255)
    return {'name': os.path.basename(path), 'rgba': hashlib.sha256(rgba.tobytes()).hexdigest()}


def photo(path):
    pixels = planes(Image.open(path))
    return {'name': os.path.relpath(path, sys.argv[2]), 'shape': list(pixels.shape), 'sha256': hashlib.sha256(pixels.tobytes()).hexdigest()}


def labels(path):
    stored = np.asarray(Image.open(path)).astype('<i4')
    return {'name': os.path.relpath(path, sys.argv[2]), 'sha256': hashlib.sha256(stored.tobytes()).hexdigest()}


def some(pattern, count):
    return sorted(glob.glob(os.path.join(sys.argv[2], pattern)))[:count]


def fitted(width, height, resize, crop):
    """As torchvision prepares a picture: of bytes in [0, 1], since PIL would round between the two passes."""
    image = picture(width, height)
    out = io.BytesIO()
    image.save(out, 'png')
    resized = F.resize(F.to_tensor(image), resize, antialias=True)
    y = F.center_crop(resized, crop)
    return {
        'file': text(out.getvalue()),
        'resize': resize,
        'centerCrop': crop,
        'shape': list(y.shape),
        'values': [round(value, 7) for value in y.flatten().tolist()],
    }


image = picture(37, 21)
golden = {
    'jpeg': [
        jpeg('4:2:0', image, quality=80, subsampling=2),
        jpeg('4:2:2', image, quality=80, subsampling=1),
        jpeg('4:4:4', image, quality=95, subsampling=0),
        jpeg('progressive', image, quality=75, progressive=True),
        jpeg('grey', image.convert('L'), quality=80),
        jpeg('progressive grey', image.convert('L'), quality=80, progressive=True),
        jpeg('one pixel', image.crop((3, 3, 4, 4))),
        jpeg('CMYK', image.convert('CMYK'), quality=90),
    ],
    'orientation': [oriented(orientation) for orientation in range(1, 9)],
    'fitted': [fitted(37, 21, 9, [8, 10]), fitted(10, 23, 6, [5, 5]), fitted(12, 9, [5, 20], [8, 8])],
    'photos': [photo(path) for path in some('bccd/BCCD/JPEGImages/*.jpg', 16)],
    'labels': [labels(path) for path in some('nuclei/labels/*.png', 8)],
    'pngsuite': [suite(path) for path in sorted(glob.glob(os.path.join(sys.argv[1], '*.png'))) if os.path.basename(path)[0] != 'x'],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'images.json'), 'w') as file:
    json.dump(golden, file, indent=1)
    file.write('\n')
