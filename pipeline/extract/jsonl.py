"""Mentions as JSON records, one for each line that `fieldledger extract` writes.

Names are the codebook's (section 4), nothing is left out: null says unknown. Files are opened and closed elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pipeline.extract.model import Casualty, Mention


def mention_record(
    article_id: str, mention: Mention, number: int, event_types: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Give one mention as a JSON object, keys in a fixed order.

    `number` counts the mentions of the article from 0, so that the `shared_with` of a toll can be followed.
    `event_types` gives the event_type of each sub_event_type (codebook section 2); without it the key is null.
    """
    record: dict[str, Any] = {"article_id": article_id, "number": number}
    record["event_type"] = (event_types or {}).get(mention.sub_event_type)
    for name in Mention.__dataclass_fields__:
        value = getattr(mention, name)
        record[name] = value.isoformat() if hasattr(value, "isoformat") else value
    record["casualties"] = [_casualty_record(casualty) for casualty in mention.casualties]
    record["slots"] = [asdict(slot) for slot in mention.slots]
    return record


def _casualty_record(casualty: Casualty) -> dict[str, Any]:
    record = {name: getattr(casualty, name) for name in Casualty.__dataclass_fields__}
    return {**record, "shared_with": list(casualty.shared_with)}
