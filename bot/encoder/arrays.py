"""Named arrays <-> a file: what was computed once and may be computed anew, so that no fault of the file matters."""

import os
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def load_arrays(file: Path) -> Arrays:
    """Read the arrays of a file; none where it is missing, damaged or of another kind."""
    try:
        with file.open("rb") as data, np.load(data, allow_pickle=False) as held:
            return {name: held[name] for name in held.files}
    except (OSError, ValueError, KeyError, EOFError, AttributeError, zipfile.BadZipFile):
        return {}


def save_arrays(file: Path, arrays: Arrays) -> None:
    """Write a file as a whole or not at all: several processes may, and a folder may be full or shut."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            np.savez(out, **arrays)  # type: ignore[arg-type]  # its `allow_pickle` is not in every numpy 2
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink()
