"""Text files: the first line is the title, the rest the text; a sidecar of the same stem says what else is known.

Without a sidecar the file's name is the id, the outlet is unknown and the article undated: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.ingest.documents import UNKNOWN_SOURCE, Document, Limits, Rejection, reject
from pipeline.ingest.fields import document, type_name
from pipeline.ingest.jsonl import parse_json


def text_document(data: bytes, sidecar: Mapping[str, object], input_name: str, limits: Limits) -> Document | Rejection:
    """Return the file as a document. Fields of the sidecar, where given, replace title, id and source.

    Rejected: ``invalid_utf8`` with the byte at fault, ``empty_file``, and what ``fields.document`` rejects.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} of the file is not valid UTF-8; save the file as UTF-8"
        return reject(input_name, 1, "invalid_utf8", problem, value=data[error.start : error.start + 8])
    title, _, rest = text.lstrip().partition("\n")
    if not title.strip():
        return reject(input_name, None, "empty_file", "the file holds no text; refill or remove it")
    stated: dict[str, object] = {"id": input_name, "title": title.strip(), "source": UNKNOWN_SOURCE}
    record = {**stated, **{key: value for key, value in sidecar.items() if value is not None}, "text": rest}
    return document(record, input_name=input_name, input_record=1, fmt="txt", limits=limits)


def sidecar_fields(data: bytes, input_name: str, sidecar_name: str) -> Mapping[str, object] | Rejection:
    """Return the sidecar's object, or the rejection of the article ``input_name`` that it belongs to."""
    try:
        value = parse_json(data.decode("utf-8-sig"))
    except ValueError as error:
        problem = f"its metadata in {sidecar_name} are not valid JSON in UTF-8 ({error}); repair or remove that file"
        return reject(input_name, 1, "invalid_json", problem)
    if not isinstance(value, dict):
        problem = f"its metadata in {sidecar_name} are {type_name(value)}, not an object; write one JSON object"
        return reject(input_name, 1, "wrong_type", problem)
    return value
