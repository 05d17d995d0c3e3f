"""Writes palette.png, an image with Pascal VOC's palette: classes 0, 12, 15 and 20, and 255 between them. Run with a Python that has PIL."""

import pathlib

from PIL import Image


def color(index):
    """Pascal VOC's palette: three bits of the index at a time, from the highest bit of each colour down."""
    red = green = blue = 0
    for bit in range(7, -1, -1):
        red |= (index & 1) << bit
        green |= (index >> 1 & 1) << bit
        blue |= (index >> 2 & 1) << bit
        index >>= 3
    return red, green, blue


image = Image.new("P", (6, 4))
image.putpalette([part for index in range(256) for part in color(index)])
image.putdata([0, 0, 255, 12, 12, 255] + [15] * 12 + [0, 0, 0, 0, 0, 20])
image.save(pathlib.Path(__file__).with_name("palette.png"))
