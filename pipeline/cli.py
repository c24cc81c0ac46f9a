"""`fieldledger`: the command line. Thin: every command calls a function that a program could call as well."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli_deploy import (
    BACKUP_EXAMPLES,
    DOCTOR_EXAMPLES,
    RECOVER_EXAMPLES,
    ROLLBACK_EXAMPLES,
    STATUS_EXAMPLES,
    also_backed_up,
    backup,
    backup_of,
    begin_with_backup,
    dev,
    doctor,
    recover,
    rollback,
    status,
)
from pipeline.cli_exits import AT_FAULT, FOUND_WRONG, DataDir, fail, told
from pipeline.cli_files import as_file, write
from pipeline.cli_reproduce import REPRODUCE_EXAMPLES, reproduce, version
from pipeline.cli_review import EXAMPLES, review
from pipeline.cli_site import SERVE_EXAMPLES, SITE_EXAMPLES, serve, site
from pipeline.cli_trace import TRACE_EXAMPLES, trace
from pipeline.cli_upload import UPLOAD_EXAMPLES, also_elsewhere, store_of, upload
from pipeline.settings import Settings, load_settings

app = typer.Typer(
    help="An open ledger of armed-conflict events: news articles to a verified data package and weekly briefings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="\b\nExamples:\n  fieldledger run\n  fieldledger run --input articles.jsonl --data-dir /srv/ledger\n"
    "  fieldledger extract articles.jsonl --out mentions.jsonl\n  fieldledger verify data/releases/latest",
)


app.callback()(version)


def _console() -> Console:
    return Console(stderr=True, highlight=False)


def _run(settings: Settings, *, with_site: bool, wait: float) -> None:
    from pipeline.happenings import configure, tell
    from pipeline.progress import Unwatched
    from pipeline.run import run
    from pipeline.screen import Bars, account
    from pipeline.workbench import open_workbench

    store = store_of(settings)  # what is wrong with it is told before anything is worked on
    configure(settings)
    copies = backup_of(settings)
    begin_with_backup(settings, copies)
    bench = open_workbench(settings, Unwatched() if settings.log_format == "json" else Bars(_console()))
    _tell(bench.region.notes)
    report = run(bench, with_site=with_site, wait=wait)
    typer.echo("\n".join(account(report)))
    if report.new_release:
        tell("release published", version=report.release.name)
    for line in (*also_elsewhere(bench, store), *also_backed_up(settings, copies)):
        typer.echo(line)


@app.command(
    epilog="\b\nExamples:\n  fieldledger run\n"
    "  fieldledger run --input articles.jsonl --input pages/ --data-dir /srv/ledger"
)
def run(
    inputs: Annotated[
        list[Path] | None,
        typer.Option(
            "--input", metavar="PATH", help="JSONL file, or folder of .jsonl, .txt or .html; may be repeated."
        ),
    ] = None,
    data_dir: DataDir = None,
    site: Annotated[
        bool, typer.Option(help="Whether the run ends with the site; `fieldledger site` makes it at any time.")
    ] = True,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", help="How long to wait for another run in the data directory.", min=0)
    ] = 0,
) -> None:
    """Run all stages: articles in, a release and the site out. Without --input, on the bundled sample."""
    with told():
        _run(load_settings(inputs=tuple(inputs) if inputs else None, data_dir=data_dir), with_site=site, wait=wait)


@app.command(
    epilog="\b\nExamples:\n  fieldledger extract articles.jsonl --out mentions.jsonl --rejections rejected.jsonl\n"
    "  fieldledger extract - < articles.jsonl > mentions.jsonl\n"
    "  fieldledger extract articles.jsonl --explain --article a-17 --html a-17.html"
)
def extract(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="File of articles, one JSON object a line; - reads stdin.")
    ],
    out: Annotated[str, typer.Option(help="File for the mentions, one JSON object a line; - writes stdout.")] = "-",
    rejections: Annotated[Path | None, typer.Option(help="File for the records that could not be used.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Instead of JSON, show one article with the words behind each value.")
    ] = False,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="With --explain: which article, if the file holds several.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --explain: also write it as an HTML page.")
    ] = None,
) -> None:
    """Code articles only: mentions as JSON lines."""
    if explain:
        _explain(source, article, html, unused={"--out": out != "-", "--rejections": rejections is not None})
        return
    if article is not None or html is not None:
        fail("--article and --html go with --explain; add it, or leave them out", AT_FAULT)
    from pipeline.extract.backends import load_extractor
    from pipeline.extract_file import extract_file, json_lines
    from pipeline.ingest.documents import Limits
    from pipeline.regions import load_region
    from pipeline.screen import Bars

    with told(), as_file(source) as path:
        settings = load_settings()
        region = load_region(settings.region, settings.gazetteers)
        _tell(region.notes)
        limits = Limits(settings.max_record_bytes, region.first_date, settings.latest_date)
        extractor = load_extractor(settings.extractor, region, settings.model)
        coded = extract_file(path, region, extractor, limits, Bars(_console()))
        write(out, "".join(json_lines(coded.mentions)))
        if rejections is not None:
            write(str(rejections), "".join(json_lines(coded.rejections)))
        refused = f", {len(coded.rejections):,} records rejected" if coded.rejections else ""
        typer.echo(f"{coded.articles:,} articles, {len(coded.mentions):,} mentions{refused}", err=True)
        if coded.rejections and rejections is None:
            for row in coded.rejections[:5]:
                typer.echo(f"  {row['message']}", err=True)


def _explain(source: str, article: str | None, html: Path | None, unused: Mapping[str, bool]) -> None:
    from pipeline.explain import explain_one
    from pipeline.explain.page import page
    from pipeline.explain.terminal import draw

    if given := [name for name, said in unused.items() if said]:
        fail(f"{' and '.join(given)} cannot go with --explain, which writes no mentions; leave one out", AT_FAULT)
    with told(), as_file(source) as path:
        explanation = explain_one(path, article, load_settings())
        draw(explanation, Console(highlight=False))
        if html is not None:
            write(str(html), page(explanation))


@app.command(
    epilog="\b\nExamples:\n  fieldledger evaluate\n  fieldledger evaluate our-gold/ --errors errors.csv\n"
    "  fieldledger evaluate gold.jsonl --predicted mentions.jsonl --json measures.json"
)
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD",
            help="Coded mentions, one JSON object a line, or a folder with articles.jsonl and mentions.jsonl "
            "[default: the region's gold set].",
        ),
    ] = None,
    articles: Annotated[Path | None, typer.Option(metavar="FILE", help="Articles of GOLD, as for extract.")] = None,
    predicted: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Score these mentions instead of coding the articles.")
    ] = None,
    errors: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all errors, as .csv or .jsonl.")] = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write all measures as JSON.")] = None,
    show: Annotated[int, typer.Option(help="Errors to print.", min=0)] = 10,
) -> None:
    """Measure the coding against articles that people have coded."""
    from pipeline.evaluate.job import evaluation_of
    from pipeline.evaluation_screen import error_list, evaluation_lines, list_kind, measures_json
    from pipeline.screen import Bars

    with told():
        kind = list_kind(errors) if errors else ""
        evaluation = evaluation_of(load_settings(), gold, articles, predicted, Bars(_console()))
        if json:
            write(str(json), measures_json(evaluation))
        if errors:
            write(str(errors), error_list(evaluation.faults, kind))
        typer.echo("\n".join(evaluation_lines(evaluation, show)))


def _tell(notes: tuple[str, ...]) -> None:
    for note in notes:
        typer.echo(note, err=True)


@app.command(epilog="Example: fieldledger verify data/releases/latest")
def verify(release: Annotated[Path, typer.Argument(metavar="RELEASE_DIR", help="Folder of one release.")]) -> None:
    """Check a release from its bytes alone.

    Hashes, schema, keys, books and evidence spans; exits with 1 when something is wrong.
    """
    from pipeline.release.verify import verify_release

    with told():
        findings = verify_release(release)
        for finding in findings:
            typer.echo(str(finding))
        if findings:
            things = "1 thing" if len(findings) == 1 else f"{len(findings):,} things"
            fail(f"{release}: {things} wrong; do not use it, fetch it again", FOUND_WRONG)
        typer.echo(f"{release}: all files, hashes, rows, keys and books are right")


app.command(epilog=REPRODUCE_EXAMPLES)(reproduce)
app.command(epilog=TRACE_EXAMPLES)(trace)
app.command(epilog=UPLOAD_EXAMPLES)(upload)
app.command(epilog=SITE_EXAMPLES)(site)
app.command(epilog=SERVE_EXAMPLES)(serve)
app.command(epilog=DOCTOR_EXAMPLES)(doctor)
app.command(epilog=STATUS_EXAMPLES)(status)
app.command(epilog=BACKUP_EXAMPLES)(backup)
app.command(epilog=RECOVER_EXAMPLES)(recover)
app.command(epilog=ROLLBACK_EXAMPLES)(rollback)
app.command(epilog="Example: fieldledger dev --port 3000")(dev)


@app.command(
    epilog="\b\nExamples:\n  fieldledger diff data/releases/v1.0.0 data/releases/v1.1.0\n"
    "  fieldledger diff data/releases/v1.0.0 data/releases/latest --out what-changed/"
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of the earlier release.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of the later release.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Also write JSON, pages and all changes as Parquet into this new folder."),
    ] = None,
    show: Annotated[int, typer.Option(help="Changes to print of each list.", min=0)] = 20,
) -> None:
    """Compare two releases row by row, largest changes first; exits with 1 when they differ."""
    from pipeline.release.compare import diff_releases, render_changes

    with told():
        found = diff_releases(old, new)
        if out is not None:
            typer.echo(f"{found.write(out):,} files in {out}", err=True)
        if found.differs:
            typer.echo(render_changes(found.changes, found.new.version, show), nl=False)
            raise typer.Exit(FOUND_WRONG)
        one = " (they are one folder)" if old.resolve() == new.resolve() else ""
        typer.echo(f"{old} and {new}: no difference in any row or column{one}")


@app.command(epilog="Example: fieldledger codebook > CODEBOOK.md")
def codebook() -> None:
    """Print the codebook: every table, column, code and rule."""
    from pipeline.codebook import codebook_page
    from pipeline.contracts import load_contract

    with told():
        typer.echo(codebook_page(load_contract()), nl=False)


@app.command(epilog="Example: fieldledger sample")
def sample(
    target: Annotated[Path, typer.Option(help="Folder to renew.")] = Path("datapackage/sample"),
) -> None:
    """Renew the committed package of the sample corpus.

    CSV, descriptor and Markdown briefings, as a run on the bundled articles gives them.
    """
    from pipeline.sample import renew_sample

    with told():
        typer.echo(f"{renew_sample(target):,} files in {target}")


app.command(epilog=EXAMPLES)(review)


if __name__ == "__main__":
    app()
