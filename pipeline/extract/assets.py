"""Extraction as Dagster assets: weekly articles to a weekly coding, and all codings to the tables of the contract."""

from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from pipeline.attempts import PARSER_POOL
from pipeline.books import books_frame
from pipeline.dagster_tables import outputs, side_out, table_out
from pipeline.extract.accepted import accept, records_in
from pipeline.extract.backends import backend_version, load_extractor
from pipeline.extract.tables import article_rows, code
from pipeline.lineage import code_version, lock_version
from pipeline.partitions import ALL_IN_ONE_RUN, ALL_WEEKS, PUBLICATION_WEEKS, SAME_WEEK
from pipeline.storage import Frames, fingerprint
from pipeline.workbench import Workbench

ARTICLES_AT_A_TIME = 64
"""Weeks are coded in groups of about so many articles: finished groups survive an interruption."""


@dg.asset(
    group_name="extract",
    partitions_def=PUBLICATION_WEEKS,
    backfill_policy=ALL_IN_ONE_RUN,
    code_version=code_version("extract"),
    kinds={"spacy", "polars"},
    required_resource_keys={"workbench"},
    ins={"weekly_articles": dg.AssetIn(partition_mapping=SAME_WEEK)},
    pool=PARSER_POOL,
)
def weekly_coding(context: dg.AssetExecutionContext, weekly_articles: Frames) -> Frames:
    """All mentions found in the articles of one week, with their casualties, before the contract is asked."""
    bench: Workbench = context.resources.workbench
    return code_weeks(bench, {week: weekly_articles[week] for week in context.partition_keys})


def code_weeks(bench: Workbench, weeks: Mapping[str, pl.DataFrame]) -> Frames:
    """Code each week's articles, or recall the coding of the same articles by the same code and knowledge."""
    inputs = {week: coding_key(bench, fingerprint(frame)) for week, frame in weeks.items()}
    coded = {week: bench.store.recall("coding", inputs[week]) for week in weeks}
    found = {week: frames["coding"] for week, frames in coded.items() if frames is not None}
    todo = {week: frame for week, frame in weeks.items() if week not in found}
    if not todo:
        return found
    extractor = load_extractor(bench.settings.extractor, bench.region, bench.settings.model)
    with bench.progress.task("Coding articles", sum(frame.height for frame in todo.values())) as advance:
        for group in _groups(todo):
            coding = code(article_rows(pl.concat(todo[week] for week in group)), extractor)
            for week in group:
                found[week] = coding.join(todo[week].select("article_id"), on="article_id", how="semi")
                bench.store.memorise("coding", inputs[week], {"coding": found[week]})
                advance(todo[week].height)
    return found


def coding_key(bench: Workbench, articles: str) -> tuple[str, ...]:
    """Return what the coding of articles with that fingerprint rests on: they, code, knowledge and settings."""
    settings = bench.settings
    backend = backend_version(settings.extractor)
    return (articles, code_version("extract"), bench.region.digest(), backend, settings.model, lock_version())


def _groups(weeks: Mapping[str, pl.DataFrame]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for week in sorted(weeks):
        group.append(week)
        size += weeks[week].height
        if size >= ARTICLES_AT_A_TIME:
            yield group
            group, size = [], 0
    if group:
        yield group


@dg.asset(
    group_name="extract",
    code_version=code_version("extract"),
    kinds={"python"},
    required_resource_keys={"workbench"},
)
def coding_backend(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """Who codes the articles: one row with the setting `extractor` and what tells its versions apart."""
    name = context.resources.workbench.settings.extractor
    return pl.DataFrame({"extractor": [name], "version": [backend_version(name)]})


@dg.multi_asset(
    outs={
        "mentions": table_out("mentions", "extract", kinds=("pandera",)),
        "casualties": table_out("casualties", "extract", kinds=("pandera",)),
        "mention_slots": table_out("mention_slots", "extract", kinds=("pandera",)),
        "extract_rejections": side_out("extract", "Mentions, tolls and slots that were refused, with the rule."),
        "extract_books": side_out("extract", "Mentions, casualties and slots in = accepted + rejected."),
    },
    name="accept_mentions",
    ins={"weekly_coding": dg.AssetIn(partition_mapping=ALL_WEEKS)},
)
def accepted_mentions(
    weekly_coding: pl.DataFrame,
    article_texts: pl.DataFrame,
    articles: pl.DataFrame,
    event_types: pl.DataFrame,
    actors: pl.DataFrame,
    places: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Mentions, casualties and slots that keep to the contract, what was rejected and why, and the balance."""
    parents = {"articles": articles, "event_types": event_types, "actors": actors, "places": places}
    coded = accept(weekly_coding, article_texts, parents)
    taken_in = records_in(weekly_coding)
    accepted = {"mentions": coded.mentions, "casualties": coded.casualties, "mention_slots": coded.slots}
    rejected = dict(coded.rejections["table"].value_counts().iter_rows())
    books = books_frame(
        *(("extract", name, taken_in[name], frame.height, rejected.get(name, 0), 0) for name, frame in accepted.items())
    )
    yield from outputs(
        {
            **accepted,
            "extract_rejections": coded.rejections,
            "extract_books": books,
        }
    )
