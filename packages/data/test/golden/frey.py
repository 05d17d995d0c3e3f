"""Writes frey.json, beside this file: MATLAB files as scipy 1.10 writes them, of a matrix of bytes `(7 (3 row + column)) % 251`."""

import base64
import io
import json
import pathlib

import numpy as np
import scipy.io

matrix = (np.arange(560 * 3) * 7 % 251).astype(np.uint8).reshape(560, 3)


def file(**options):
    out = io.BytesIO()
    scipy.io.savemat(out, {"ff": matrix}, **options)
    return base64.b64encode(out.getvalue()).decode()


golden = {"plain": file(), "compressed": file(do_compression=True)}
path = pathlib.Path(__file__).with_name("frey.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
