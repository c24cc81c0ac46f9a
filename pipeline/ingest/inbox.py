"""The inbox: what was read made into one frame of accepted articles, and that frame into the tables of the contract."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from pipeline.books import books_frame
from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.ingest.articles import to_articles
from pipeline.ingest.copies import with_copies
from pipeline.ingest.documents import ReadResult, rejections_frame
from pipeline.regions.pack import RegionPack
from pipeline.storage import Frames


def inbox_of(read: ReadResult, region: RegionPack, *, sample: bool) -> Frames:
    """Return the frames `inbox`, `ingest_rejections` and `ingest_books`.

    Args:
        read: what came out of the inputs.
        region: knows the outlets.
        sample: the inputs are the region's sample corpus: invented as a whole, also what bears no metadata.

    `inbox` has the columns of `articles`, copies marked; ``text`` of `article_texts`; and those of `sources`, with
    ``invented`` of the outlet as ``outlet_invented``.
    """
    tables = load_contract().tables
    documents = read.documents
    if sample:
        documents = tuple(replace(document, invented=True) for document in documents)
    made = to_articles(documents, region)
    kept = split(tables["articles"], made.articles, stage="ingest", parents={"sources": made.sources})
    articles = with_copies(kept.accepted, made.texts)
    outlets = made.sources.rename({"invented": "outlet_invented"})
    refused = _placed(kept.rejections, made.articles)
    rejections = pl.concat([rejections_frame(read.rejections), made.rejections, refused]).sort("rejection_id")
    taken_in = len(read.documents) + len(read.rejections)
    return {
        "inbox": articles.join(made.texts.select("article_id", "text"), on="article_id").join(outlets, on="source_id"),
        "ingest_rejections": rejections,
        "ingest_books": books_frame(("ingest", "records", taken_in, articles.height, rejections.height, made.merged)),
    }


def _placed(rejections: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Say of articles that broke the contract which file and record they came from."""
    origin = articles.select(pl.col("article_id").alias("record"), "input_name", "input_record")
    return (
        rejections.drop("input_name", "input_record").join(origin, on="record", how="left").select(rejections.columns)
    )


def accepted(inbox: pl.DataFrame) -> Frames:
    """Return the tables `sources`, `articles` and `article_texts` of an inbox, whose rows were held to the contract."""
    tables = load_contract().tables
    outlets = inbox.drop("invented").rename({"outlet_invented": "invented"}).unique("source_id")
    made = {"sources": outlets, "articles": inbox, "article_texts": inbox}
    return {name: tables[name].conform(frame) for name, frame in made.items()}
