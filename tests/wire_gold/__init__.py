"""Codes of real articles without a word of them: joined with the texts, where somebody has those, they are gold sets.

The codes and offsets lie here, the texts belong to their publishers (see README.md beside this file).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OPENED, CLOSED = "opened", "closed"
"""Sets that rules were made on, and sets that nobody who makes rules has looked at."""
Record = dict[str, Any]


def codes(name: str) -> Iterator[Record]:
    """Yield the coded articles of a file, one an article: `set`, `article_id`, `mentions`."""
    with (HERE / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def texts_in(path: Path) -> dict[str, Record]:
    """Give the articles of a corpus file by id."""
    with path.open(encoding="utf-8") as lines:
        return {str(article["id"]): article for article in map(json.loads, lines)}


def quoted(coded: Record, text: str) -> Record:
    """Give a coded article as a gold set has it, its evidence cut out of the text."""
    mentions = []
    for mention in coded["mentions"]:
        told = {key: value for key, value in mention.items() if not key.startswith("evidence_")}
        evidence = text[mention["evidence_start"] : mention["evidence_end"]]
        mentions.append({**told, "actor1": None, "actor2": None, "attributed_to": None, "evidence": evidence})
    return {"article_id": coded["article_id"], "mentions": mentions}


def write_sets(corpus: Path, folder: Path) -> list[Path]:
    """Write each set as a folder with `articles.jsonl` and `mentions.jsonl`, and give the folders."""
    articles = texts_in(corpus)
    folders: dict[str, list[tuple[Record, Record]]] = {}
    for coded in (coded for name in (OPENED, CLOSED) for coded in codes(name)):
        article = articles[coded["article_id"]]
        folders.setdefault(coded["set"], []).append((article, quoted(coded, article["text"])))
    for name, pairs in folders.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, side in (("articles.jsonl", 0), ("mentions.jsonl", 1)):
            lines = "".join(f"{json.dumps(pair[side], ensure_ascii=False)}\n" for pair in pairs)
            (folder / name / file).write_text(lines, encoding="utf-8")
    return [folder / name for name in folders]
