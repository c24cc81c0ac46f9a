"""An object store that speaks S3, as far as publishing needs it: create what is not there, swap what was read, read.

Through obstore, whose answers become one line each for the user. Where the store is and who asks comes from the usual
`AWS_` environment variables (endpoint, region, keys, web identity) or from the machine's role, is read by obstore
itself, and is neither kept nor shown: words of the store and of its client never enter a message, but for its code.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from pipeline.errors import FieldledgerError, InputError
from pipeline.ids import sha256_bytes

if TYPE_CHECKING:
    from obstore.store import RetryConfig

_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)/?")
_CODE = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_DENIED = frozenset(
    {"AccessDenied", "AllAccessDisabled", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"}
)
_AT_ONCE = frozenset({"ConditionalRequestConflict", "OperationAborted"})
"""Another request for the same object is under way: nothing is said of how that ends."""
_ROLES = ("/latest/api/token", "/latest/meta-data/", "://169.254.")
"""Where a machine's role is asked for, when the environment has no credentials."""
_RETRIES: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(minutes=1)}
_LARGEST = 5 << 30
"""Bytes of the largest object that a store of this protocol takes in one request, which alone can be conditional."""
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".xml": "application/atom+xml",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An object as it was read."""

    data: bytes
    e_tag: str


class Moved(Exception):
    """Another publisher was quicker."""


class ObjectStore:
    """The objects below one prefix of a bucket."""

    def __init__(self, url: str) -> None:
        """Open ``url``, `s3://bucket/prefix`; nothing is asked of it yet.

        Raises:
            InputError: it is no such place, or the environment says something that cannot be used.
        """
        if not (match := _URL.fullmatch(url)):
            raise InputError(
                "publish_to: is no place in an object store, such as s3://bucket/prefix, without a name, key or query "
                "in it (not shown here, as it may hold one)"
            )
        self.url, self.bucket = url.rstrip("/"), match[1]
        endpoint = next(filter(None, map(os.environ.get, _ENDPOINTS)), None)
        self._where = "the endpoint that the environment names" if endpoint else "Amazon S3"
        try:
            self._store = S3Store(
                self.bucket,
                prefix=match[2].strip("/") or None,
                client_options={
                    "allow_http": bool(endpoint and endpoint.startswith("http://")),
                    "connect_timeout": timedelta(seconds=10),
                    "timeout": timedelta(minutes=10),
                },
                retry_config=_RETRIES,
                config={"endpoint": endpoint} if endpoint else None,
            )
        except (BaseError, ValueError) as error:
            raise InputError(
                f"{self.url}: the AWS_ variables of the environment cannot be used; set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY together, and AWS_ENDPOINT_URL as https://host"
            ) from error

    def create(self, key: str, data: bytes) -> bool:
        """Put a new object; False when one is there, which is left as it is.

        The whole object is in memory, in one request: one that is put in parts cannot be made conditional (obstore).

        Raises:
            FieldledgerError: it cannot be put, or another publisher is about to; nothing of it is there then.
        """
        if len(data) > _LARGEST:
            raise FieldledgerError(f"{self.url}/{key}: is larger than 5 GiB, which no object store takes in one piece")
        with self._told():
            try:
                obstore.put(self._store, key, data, mode="create", attributes=_attributes(key))
            except AlreadyExistsError as error:
                if _code(error) in _AT_ONCE:
                    raise
                return False
        return True

    def swap(self, key: str, data: bytes, before: Found | None) -> None:
        """Put ``data`` where ``before`` was read, None where nothing was.

        Raises:
            Moved: something else is there by now; it is left as it is.
            FieldledgerError: it cannot be put.
        """
        if before is None:
            if not self.create(key, data):
                raise Moved
            return
        with self._told():
            try:
                obstore.put(self._store, key, data, mode={"e_tag": before.e_tag}, attributes=_attributes(key))
            except PreconditionError as error:
                raise Moved from error

    def read(self, key: str) -> Found | None:
        """Return an object; None when there is none.

        Raises:
            FieldledgerError: the store cannot be asked.
        """
        with self._told():
            try:
                got = obstore.get(self._store, key)
            except FileNotFoundError as error:
                if _code(error) == "NoSuchBucket":
                    raise
                return None
            return Found(bytes(got.bytes()), got.meta["e_tag"] or "")

    def listing(self, prefix: str) -> Mapping[str, tuple[int, str]]:
        """Return size and entity tag of every object below ``prefix``, by key.

        Raises:
            FieldledgerError: the store cannot be asked.
        """
        with self._told():
            found = obstore.list(self._store, prefix).collect()
        return {meta["path"]: (meta["size"], meta["e_tag"] or "") for meta in found}

    def holds(self, key: str, data: bytes, listed: tuple[int, str] | None = None) -> bool:
        """Tell whether an object has the bytes ``data``; ``listed``, of `listing`, can spare reading it.

        A store that tells the MD5 of an object as its tag, as most do of one put in one piece, is believed; of any
        other the bytes are read.
        """
        if listed is not None:
            size, tag = listed
            if size != len(data):
                return False
            if tag.strip('"') == hashlib.md5(data, usedforsecurity=False).hexdigest():
                return True
        found = self.read(key)
        return found is not None and sha256_bytes(found.data) == sha256_bytes(data)

    def check_conditional(self, key: str, data: bytes) -> None:
        """See that the store heeds conditions, on an object that has the bytes ``data``: they would be put again.

        Raises:
            FieldledgerError: it does not, so that a publisher could overwrite what another one put.
        """
        try:
            heeds = not self.create(key, data)
            self.swap(key, data, Found(data, '"of nothing"'))
        except Moved:
            if heeds:
                return
        raise FieldledgerError(
            f"{self.url}: the store knows no conditional writes (If-None-Match, If-Match), without which a version "
            "could be overwritten; publish to one that does"
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the client raises into one line."""
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            self._explain(error)

    def _explain(self, error: Exception) -> NoReturn:
        code, words = _code(error), str(error)
        if code in _AT_ONCE:
            raise FieldledgerError(
                f"{self.url}: another publisher is putting the same object there at this moment ({code}); run again, "
                "what is there stays"
            ) from None
        if code == "NoSuchBucket":
            raise InputError(f"{self.url}: there is no bucket {self.bucket}; make it, or correct publish_to") from None
        if code in _DENIED or type(error).__name__ in ("PermissionDeniedError", "UnauthenticatedError"):
            raise InputError(
                f"{self.url}: denied{f' ({code})' if code else ''}; use credentials that may list, read and write there"
            ) from None
        if not code and any(place in words for place in _ROLES):
            raise InputError(
                f"{self.url}: no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
            ) from None
        if not code and "HTTP error" in words:
            raise FieldledgerError(
                f"{self.url}: {self._where} cannot be reached; check the network and AWS_ENDPOINT_URL, then run again"
            ) from None
        told = code or type(error).__name__
        raise FieldledgerError(
            f"{self.url}: the object store failed ({told}); run again, what is there stays"
        ) from None


def _code(error: Exception) -> str | None:
    match = _CODE.search(str(error))
    return match[1] if match else None


def _attributes(key: str) -> dict[str, str]:
    ending = next((ending for ending in _TYPES if key.endswith(ending)), None)
    return {"Content-Type": _TYPES[ending] if ending else "application/octet-stream"}
