"""The content-addressed store, the memory of finished work, and the Parquet IO manager over both.

An object is named by the SHA-256 of its bytes, written once, never changed. An asset's (or one week's) current value
is a small pointer file to an object; a memo says which objects came out of given inputs and code. All files appear
by rename, so a killed run leaves nothing half written. What the objects mean is not known here.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import dagster as dg
import polars as pl

from pipeline.archive import put_aside
from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes, sha256_text
from pipeline.parquet import parquet_bytes

Frames = dict[str, pl.DataFrame]
_SHA256 = re.compile("[0-9a-f]{64}")


def fingerprint(frame: pl.DataFrame) -> str:
    """Return the SHA-256 of the frame's Parquet bytes."""
    return sha256_bytes(parquet_bytes(frame))


def _digest_of(names: Mapping[str, str | None]) -> str:
    return sha256_text(json.dumps(names, sort_keys=True))


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path`` and rename: a reader sees the old file or the new one, whole.

    Who may read it is for the umask to say, as of any file: a web server reads the index that `recover` put back.

    Raises:
        FieldledgerError: the file cannot be written (disk full, no permission).
    """
    temporary = path.with_name(f".writing-{token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise FieldledgerError(
            f"{path}: cannot be written ({error.strerror}); make room or give permission, then run again: "
            "what is finished is kept"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


@dataclass(frozen=True)
class Store:
    """The store under ``root``."""

    root: Path
    log: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each kind of step how many pieces of work this process did, and how many it found done."""
    damage: list[str] = field(default_factory=list)
    """What this process found damaged, a line each: where it lay, and where it was put aside."""

    def put(self, frame: pl.DataFrame) -> str:
        """Store ``frame`` and return its hash; an object that lies there under it is believed by its bytes only."""
        data = parquet_bytes(frame)
        digest = sha256_bytes(data)
        path = self._object(digest)
        if self._bytes(digest) != data:
            write_atomically(path, data)
        return digest

    def get(self, digest: str) -> pl.DataFrame:
        """Return the frame named ``digest``.

        Raises:
            FieldledgerError: it is not there, or its bytes no longer have that hash; such an object is put aside.
        """
        path = self._object(digest)
        known = len(self.damage)
        data = self._bytes(digest)
        if data is None:
            what = self.damage[-1] if len(self.damage) > known else f"{path}: is not there, or cannot be read"
            raise FieldledgerError(f"{what}: run again to rebuild it")
        return pl.read_parquet(io.BytesIO(data))

    def _bytes(self, digest: str) -> bytes | None:
        """Return the bytes of an object; None when it is not there or damaged, and then it is put aside."""
        path = self._object(digest)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if sha256_bytes(data) == digest:
            return data
        self._aside(path, path.name, "its bytes do not have the hash in its name")
        return None

    def _aside(self, path: Path, name: str, fault: str) -> None:
        self.damage.append(f"{path}: {fault}; it was put aside as {put_aside(path, self.root, name)}")

    def recall(self, step: str, inputs: Iterable[str]) -> Frames | None:
        """Return what the step gave before for the same ``inputs`` (hashes of data, code and settings), or None.

        A memo that is damaged, or points to lost or damaged objects, counts as none, so that the work is done again.
        """
        names = self.known(step, inputs)
        if names is None:
            return None
        try:
            frames = {name: self.get(digest) for name, digest in names.items()}
        except FieldledgerError:
            return None
        self.count(step, reused=True)
        return frames

    def known(self, step: str, inputs: Iterable[str]) -> Mapping[str, str] | None:
        """Return the hashes of what the step gave before for ``inputs``, None where it is not known."""
        path = self._memo(step, inputs)
        try:
            noted = json.loads(path.read_bytes())
            names: Mapping[str, str] = noted["objects"]
            if noted["sha256"] == _digest_of(names):
                return names
        except OSError:
            return None
        except (ValueError, KeyError, TypeError):
            pass
        self._aside(path, f"{step}-{path.name}", "is not as it was written")
        return None

    def memorise(self, step: str, inputs: Iterable[str], frames: Frames) -> None:
        """Keep what the step gave for ``inputs``."""
        digests = {name: self.put(frame) for name, frame in frames.items()}
        noted = {"objects": digests, "sha256": _digest_of(digests)}
        write_atomically(self._memo(step, inputs), json.dumps(noted).encode())
        self.count(step, reused=False)

    def remember(self, step: str, inputs: Sequence[str], compute: Callable[[], Frames]) -> Frames:
        """Return what the step gave before for the same ``inputs``, else ``compute()``, which is then memorised."""
        frames = self.recall(step, inputs)
        if frames is None:
            frames = compute()
            self.memorise(step, inputs, frames)
        return frames

    def point(self, asset: str, partition: str | None, digest: str) -> None:
        """Make ``digest`` the current value of the asset (or of one of its partitions)."""
        path = self._pointer(asset, partition)
        data = json.dumps({"object": digest}).encode()
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, data)

    def current(self, asset: str, partition: str | None) -> str:
        """Return the hash of the current value.

        Raises:
            FieldledgerError: the asset was never materialised, or its pointer is damaged; that is put aside.
        """
        path = self._pointer(asset, partition)
        if not path.exists():
            where = f"{asset} of {partition}" if partition else asset
            raise FieldledgerError(f"{where} has not been materialised yet in {self.root}; materialise it first")
        try:
            digest = json.loads(path.read_bytes())["object"]
            if not _SHA256.fullmatch(digest):
                raise ValueError("no hash")
        except (ValueError, KeyError, TypeError):
            self._aside(path, f"{asset}-{path.name}", "does not say which object is meant")
            raise FieldledgerError(f"{self.damage[-1]}: run again to rebuild it") from None
        return str(digest)

    def has(self, asset: str, partition: str | None = None) -> bool:
        """Return whether something is noted as the current value; it is not looked at."""
        return self._pointer(asset, partition).exists()

    def points_to(self, asset: str, partition: str | None) -> str | None:
        """Return the hash of the current value, None where there is none or its object is lost or damaged."""
        try:
            digest = self.current(asset, partition)
        except FieldledgerError:
            return None
        return None if self._bytes(digest) is None else digest

    def standing(self, without: Sequence[str] = ()) -> str:
        """Return a hash over which object each asset and partition has now, all read and held to their hashes.

        What is lost or damaged has none, so that the hash is another one.
        """
        lying = sorted((self.root / "assets").glob("*/*.json"))
        values = {
            f"{path.parent.name}/{path.stem}": self.points_to(path.parent.name, path.stem)
            for path in lying
            if path.parent.name not in without
        }
        return _digest_of(values)

    def load(self, asset: str, partition: str | None = None) -> pl.DataFrame:
        """Return the current value of the asset (or of one of its partitions)."""
        return self.get(self.current(asset, partition))

    def count(self, step: str, *, reused: bool) -> None:
        """Note a piece of work of that kind, done or found done."""
        done, found = self.log.get(step, (0, 0))
        self.log[step] = (done + (not reused), found + reused)

    def _memo(self, step: str, inputs: Iterable[str]) -> Path:
        return self.root / "memo" / step / f"{sha256_text(json.dumps([step, *inputs]))}.json"

    def _object(self, digest: str) -> Path:
        return self.root / "objects" / digest[:2] / f"{digest}.parquet"

    def _pointer(self, asset: str, partition: str | None) -> Path:
        return self.root / "assets" / asset / f"{partition or 'all'}.json"


class StoreIOManager(dg.IOManager):
    """Keeps assets as frames in the store: one frame, or a mapping of partition key to frame.

    A downstream asset that asks for a ``pl.DataFrame`` gets all its upstream partitions in one, in the order of their
    keys; one that asks for a mapping gets them one by one.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame | Frames) -> None:
        """Store what an asset returned and point to it; its data version is the hash of its content."""
        name = context.asset_key.path[-1]
        parts: dict[str | None, pl.DataFrame] = {None: obj} if isinstance(obj, pl.DataFrame) else dict(obj.items())
        digests = {partition: self.store.put(frame) for partition, frame in parts.items()}
        for partition, digest in digests.items():
            self.store.point(name, partition, digest)
        version = digests[None] if None in digests else sha256_text(json.dumps(sorted(digests.items(), key=str)))
        context.step_context.set_data_version(context.asset_key, dg.DataVersion(version))
        context.add_output_metadata({"dagster/row_count": sum(frame.height for frame in parts.values())})

    def load_input(self, context: dg.InputContext) -> pl.DataFrame | Frames:
        """Return what an upstream asset stored."""
        name = context.asset_key.path[-1]
        if not context.has_asset_partitions:
            return self.store.load(name)
        frames = {key: self.store.load(name, key) for key in sorted(context.asset_partition_keys)}
        return pl.concat(frames.values()) if context.dagster_type.typing_type is pl.DataFrame else frames
