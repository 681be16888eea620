"""Vectors of an FAQ's texts are made once, on whatever disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.encoder.store import Kept, VectorStore


class Maker:
    """Stands for the encoder, and notes what it is asked to encode."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[Kept]:
        self.made += texts
        return [
            Kept(
                np.full(4, len(text), np.float32),
                np.arange(len(text), dtype=np.int32),
                np.ones((len(text), 4), np.int8),
            )
            for text in texts
        ]


def sizes(found: Sequence[Kept]) -> list[tuple[float, int, int]]:
    return [(float(each.vector[0]), len(each.pieces), len(each.states)) for each in found]


def test_an_edit_encodes_only_what_it_changed(tmp_path: Path) -> None:
    make = Maker()
    store = VectorStore(tmp_path)
    store.get("a", ["one", "three", "one"], make)
    assert make.made == ["one", "three"]
    store.get("a", ["one", "three", "eleven"], make)
    assert make.made == ["one", "three", "eleven"]


def test_after_a_restart_nothing_is_encoded_again(tmp_path: Path) -> None:
    first = VectorStore(tmp_path).get("a", ["one", "", "three"], Maker())
    make = Maker()
    again = VectorStore(tmp_path).get("a", ["three", "one", ""], make)
    assert make.made == []
    assert sizes(again) == [sizes(first)[place] for place in (2, 0, 1)]


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    make = Maker()
    store = VectorStore(tmp_path)
    store.get("a", ["one"], make)
    store.get("b", ["one"], make)
    assert make.made == ["one", "one"]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    whole = VectorStore(tmp_path).get("a", ["one", "three"], Maker())
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(bytes(data) if damage is None else damage)
    assert sizes(VectorStore(tmp_path).get("a", ["one", "three"], Maker())) == sizes(whole)


def test_a_file_of_another_kind_is_made_anew(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", keys=np.array(["x"]), vectors=np.zeros((1, 4)))
    make = Maker()
    VectorStore(tmp_path).get("a", ["one"], make)
    assert make.made == ["one"]


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert sizes(VectorStore(blocked).get("a", ["one"], Maker())) == [(3.0, 3, 3)]
