"""An evaluation on the terminal and in files: measures, what they are per type, how reliable, and the errors.

What is measured is ``evaluate``'s; here it is only laid out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import polars as pl

from pipeline.errors import InputError, cut
from pipeline.evaluate.errors import Fault
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.gold import REPORTED, Coded
from pipeline.evaluate.measures import SLOTS, Ratio, measures
from pipeline.evaluate.pairing import DEPTHS, Outcome
from pipeline.evaluate.reliability import Reliability
from pipeline.evaluate.table import accuracy_rows, reading
from pipeline.release.tables import NEEDS_ESCAPE
from pipeline.screen import aligned

LIST_KINDS = (".csv", ".jsonl")
_SHOWN_WORDS = 100


def evaluation_lines(evaluation: Evaluation, shown_errors: int) -> list[str]:
    """Return the report in plain lines, with the ``shown_errors`` worst errors at its end."""
    return [
        *_head(evaluation),
        "",
        *_depths(evaluation.measures),
        "",
        *_slots(evaluation.measures),
        "",
        *_by("sub-event type", _grouped(evaluation.outcomes, lambda mention: mention.sub_event_type)),
        "",
        *_by_article(evaluation),
        *_reliability(evaluation.reliability),
        "",
        *_errors(evaluation.faults, shown_errors),
    ]


def _head(evaluation: Evaluation) -> list[str]:
    mentions = [mention for coded in evaluation.gold.values() for mention in coded]
    reported = sum(mention.status == REPORTED for mention in mentions)
    found = sum(outcome.found is not None for outcome in evaluation.outcomes)
    alarms = sum(outcome.false_alarm is not None for outcome in evaluation.outcomes)
    return [
        f"{evaluation.extractor} on gold set {evaluation.gold_set} (digest {evaluation.gold_digest[:16]})",
        f"  {len(evaluation.gold):,} articles, {reported:,} reported mentions and {len(mentions) - reported:,} others "
        f"in the gold; {found:,} reported mentions found, {alarms:,} of them false alarms",
    ]


def _depths(counted: Mapping[str, Ratio]) -> list[str]:
    rows: list[tuple[str, ...]] = [("agree in", "precision", "recall", "F1", "95% of precision", "95% of recall")]
    for number, name in enumerate(DEPTHS):
        ratios = [counted.get(f"{name}_{end}") for end in ("precision", "recall", "f1")]
        intervals = [_interval(ratio) for ratio in ratios[:2]]
        rows.append((f"{'+ ' if number else ''}{name}", *(_score(ratio) for ratio in ratios), *intervals))
    return ["Mentions with status reported", *aligned(rows)]


def _slots(counted: Mapping[str, Ratio]) -> list[str]:
    rows = [("slot", "right", "of", "share", "95%")]
    for slot in SLOTS:
        ratio = counted.get(f"slot_{slot}")
        if ratio:
            rows.append((slot, str(ratio.part), str(ratio.whole), _score(ratio), _interval(ratio)))
    return ["Slots, over pairs of one sub-event type", *aligned(rows)]


def _by_article(evaluation: Evaluation) -> list[str]:
    """Return tables by leaning and by who has read the articles, where these are at hand to tell."""
    articles = evaluation.articles
    if not articles:
        return []
    leanings = _grouped(evaluation.outcomes, lambda mention: articles[mention.article_id].leaning)
    lines = [*_by("leaning of the outlet", leanings), ""]
    if any(article.unread for article in articles.values()):
        parts = _grouped(evaluation.outcomes, lambda mention: reading(articles[mention.article_id]))
        lines += [*_by("by developers", parts), ""]
    return lines


def _grouped(made: Sequence[Outcome], key: Callable[[Coded], str]) -> dict[str, list[Outcome]]:
    """Return the outcomes by ``key``, the largest group first."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in made:
        groups.setdefault(key(outcome.either), []).append(outcome)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _by(name: str, groups: Mapping[str, Sequence[Outcome]]) -> list[str]:
    rows = [(name, "gold", "found", *(f"{'+ ' if d != 'type' else ''}{d} F1" for d in DEPTHS), "killed")]
    for value, made in groups.items():
        counted = measures(made)
        sides = (sum(o.gold is not None for o in made), sum(o.found is not None for o in made))
        scores = (_score(counted.get(f"{depth}_f1")) for depth in DEPTHS)
        rows.append((value, *map(str, sides), *scores, _score(counted.get("slot_killed"))))
    return aligned(rows)


def _reliability(found: Reliability | None) -> list[str]:
    if found is None:
        return ["Reliability of confidence: not measured, the mentions state none."]
    rows = [("confidence", "mentions", "mean", "right", "95%")]
    for held in found.bins:
        share = held.right
        rows.append((held.label, str(share.whole), f"{held.mean_confidence:.3f}", _score(share), _interval(share)))
    return [
        "Reliability of confidence (right: type, date and governorate agree)",
        *aligned(rows),
        f"  calibration error {found.calibration_error:.3f}, Brier score {found.brier_score:.3f}",
    ]


def _errors(listed: Sequence[Fault], shown: int) -> list[str]:
    lines = [f"Differences: {len(listed):,}, worst first" + (f", the first {shown}" if shown < len(listed) else "")]
    for fault in listed[:shown]:
        what = f"  {fault.kind} {fault.sub_event_type}"
        if fault.gold is not None or fault.found is not None:
            values = (cut(value, 40) if value else "nothing" for value in (fault.gold, fault.found))
            what += f", {fault.slot or 'status'}: gold {next(values)}, found {next(values)}"
        lines += [f"{what} (article {cut(fault.article_id)})", f"      {cut(fault.evidence, _SHOWN_WORDS)}"]
    return lines


def _score(ratio: Ratio | None) -> str:
    return "-" if ratio is None else f"{ratio.value:.3f}"


def _interval(ratio: Ratio | None) -> str:
    if ratio is None or ratio.interval is None:
        return "-"
    return "{:.2f} - {:.2f}".format(*ratio.interval)


def measures_json(evaluation: Evaluation) -> str:
    """Return all measures as JSON: the rows of the table `accuracy`, and the whole digest of the gold set."""
    content = {
        "gold_set": evaluation.gold_set,
        "gold_digest": evaluation.gold_digest,
        "extractor": evaluation.extractor,
        "measures": [
            {name: value for name, value in row.items() if name not in ("gold_set", "gold_digest", "extractor")}
            for row in accuracy_rows(evaluation)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def list_kind(path: Path) -> str:
    """Return the kind of an error list by the suffix of its file.

    Raises:
        InputError: it is neither `.csv` nor `.jsonl`.
    """
    if path.suffix not in LIST_KINDS:
        raise InputError(f"--errors {path}: the list is written as .csv or .jsonl; give the file one of these endings")
    return path.suffix


def error_list(listed: Sequence[Fault], kind: str) -> str:
    """Return the whole error list as CSV (texts that a spreadsheet would run get an apostrophe) or JSON lines."""
    rows = [asdict(fault) for fault in listed]
    if kind == ".jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    schema = {name: pl.Float64 if name == "confidence" else pl.String for name in Fault.__dataclass_fields__}
    texts = pl.col(pl.String).str.replace(f"({NEEDS_ESCAPE})", "'${1}")
    return pl.DataFrame(rows, schema=schema).with_columns(texts).write_csv()
