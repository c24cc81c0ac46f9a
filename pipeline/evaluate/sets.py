"""Gold sets on disk: a file of articles, in the format that `extract` takes, and a file of their coded mentions.

The region pack brings a set of invented articles in its folder `gold`; a deployment names further folders in the
setting `gold`, whose texts stay where they are: only measures leave this room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import InputError, cut
from pipeline.evaluate.gold import Codings, read_gold, unread_in
from pipeline.ids import sha256_bytes, sha256_text
from pipeline.ingest.documents import Limits
from pipeline.ingest.records import read_inputs
from pipeline.regions import RegionPack

ARTICLES, MENTIONS = "articles.jsonl", "mentions.jsonl"
REGION_FOLDER = "gold"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Where a gold set lies."""

    name: str
    mentions: Path
    articles: Path | None
    """None when the articles are not at hand: a ready coding can still be scored."""

    def digest(self) -> str:
        """Return the SHA-256 over both files.

        Raises:
            InputError: one of them cannot be read.
        """
        return sha256_text("".join(f"{_digest(path)}\n" for path in (self.articles, self.mentions)))


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article beside its coding."""

    source_name: str
    leaning: str
    text: str
    """As given, for looking up evidence."""
    unread: bool = False
    """Kept from those who write the program, so that what it makes of it was not tuned on it."""


def _digest(path: Path | None) -> str:
    if path is None:
        return "-"
    try:
        return sha256_bytes(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); a gold set needs this file") from None


def set_in(folder: Path, name: str | None = None) -> GoldSet:
    """Return the gold set in ``folder``, named after it when no ``name`` is given.

    Raises:
        InputError: the folder does not hold both files.
    """
    for file in (ARTICLES, MENTIONS):
        if not (folder / file).is_file():
            raise InputError(f"{folder}: holds no {file}; a gold set is a folder with {ARTICLES} and {MENTIONS}")
    return GoldSet(name or folder.resolve().name, folder / MENTIONS, folder / ARTICLES)


def region_set(region: RegionPack) -> GoldSet | None:
    """Return the gold set that comes with the region pack, named like the region; None when it brings none."""
    folder = region.directory / REGION_FOLDER
    return set_in(folder, region.name) if folder.is_dir() else None


def all_sets(region: RegionPack, further: Sequence[Path]) -> list[GoldSet]:
    """Return the region's gold set, if it has one, and those in the folders ``further``.

    Raises:
        InputError: a folder is no gold set, or two sets have one name.
    """
    own = region_set(region)
    sets = [*([own] if own else []), *(set_in(folder) for folder in further)]
    for number, one in enumerate(sets):
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", one.name):
            raise InputError(
                f"setting gold: the folder name {cut(one.name)!r} becomes the name of the set; "
                "use letters, digits, dots and hyphens"
            )
        if one.name in {other.name for other in sets[:number]}:
            raise InputError(f"setting gold: two gold sets are named {one.name}; rename a folder")
    return sets


def read_articles(path: Path, region: RegionPack, limits: Limits) -> dict[str, Article]:
    """Return the articles of a file by the id they bear in it.

    Raises:
        InputError: the file cannot be read, or an id stands twice.
    """
    found: dict[str, Article] = {}
    for document in read_inputs([path], limits).documents:
        if document.external_id in found:
            raise InputError(
                f"{path}, record {document.input_record}: id {cut(document.external_id)} stands twice; "
                "gold mentions could be of either: rename one"
            )
        outlet = region.outlet(document.source_name)
        found[document.external_id] = Article(outlet.name, outlet.leaning, document.raw)
    return found


def read_set(gold: GoldSet, region: RegionPack, limits: Limits) -> tuple[Codings, dict[str, Article]]:
    """Return the gold mentions of a set and its articles (none when they are not at hand), checked against each other.

    Raises:
        InputError: a file is at fault, a gold mention is of no article of the set, or quotes what is not in its text.
    """
    codings = read_gold(gold.mentions)
    if gold.articles is None:
        return codings, {}
    articles = read_articles(gold.articles, region, limits)
    for article_id in unread_in(gold.mentions) & articles.keys():
        articles[article_id] = replace(articles[article_id], unread=True)
    for article_id, mentions in codings.items():
        if article_id not in articles:
            raise InputError(
                f"{gold.mentions}: article_id {cut(article_id)}: {gold.articles} has no readable article of that id; "
                "add it there or mend the id"
            )
        for mention in mentions:
            if mention.evidence not in articles[article_id].text:
                raise InputError(
                    f"{gold.mentions}, line {mention.line}: evidence {cut(mention.evidence)!r}: is not in article "
                    f"{cut(article_id)}; quote its text letter by letter"
                )
    return codings, articles
