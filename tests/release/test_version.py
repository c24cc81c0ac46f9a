"""The version follows from the changes; a maintainer may declare a higher one, never a lower."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.release.change_reasons import because, reasons, schema_sentence
from pipeline.release.changes import Changes, compare_editions
from pipeline.release.descriptor import describe_table
from pipeline.release.plan import plan_release
from pipeline.release.reader import open_release
from pipeline.release.schema_changes import SchemaChange, compare_schemas
from pipeline.release.version import release_version
from pipeline.settings import load_settings
from tests.release.disk import contents
from tests.release.editions import Kept, changes_of, edition
from tests.release.factory import BUILD_TIME, CONTRACT, event_id, publish_world, with_values, world
from tests.release.followed import followed
from tests.release.test_plan import tightened, without_column


def _with_schema(old: Kept, new: Kept) -> Changes:
    return compare_editions(old, new)


def _corrected() -> Changes:
    events = world()["events"]
    return changes_of(
        {"events": events}, {"events": with_values(events, {"event_id": event_id("m1")}, fatalities_best=6)}
    )


@pytest.mark.parametrize("declared", ["1.0.1", "1.0.2", "1.1.0", "2.0.0", "10.0.0"])
def test_the_derived_version_or_a_higher_one_may_be_declared(declared: str) -> None:
    assert release_version(_corrected(), declared) == declared
    assert release_version(_corrected(), None) == "1.0.1"


def test_a_lower_one_is_refused_with_the_change_that_asks_for_more() -> None:
    with pytest.raises(InputError) as patch:
        release_version(_corrected(), "1.0.0")
    assert str(patch.value) == (
        "setting release_version: 1.0.0 is too low: 1 row changed of events, so that after 1.0.0 it takes 1.0.1; "
        "declare that or higher, or leave it empty"
    )
    with pytest.raises(InputError, match=r"1\.0\.9 is too low: 1 row of actors is new and 2 changes more, so that"):
        release_version(changes_of(world(), followed()), "1.0.9")
    mentions = world()["mentions"]
    narrower = without_column("mentions", "weapon").tables["mentions"]
    gone = Kept({"mentions": mentions.drop("weapon")}, {"mentions": describe_table(narrower)})
    with pytest.raises(InputError, match=r"1\.9\.0 is too low: column mentions\.weapon is gone, so that after 1\.0\.0"):
        release_version(compare_editions(edition(mentions=mentions), gone), "1.9.0")


def test_a_first_release_and_one_without_changes_say_what_is_the_least() -> None:
    first = compare_editions(None, edition(**world()))
    with pytest.raises(InputError, match=r"0\.9\.0 is too low: a first release has at least 1\.0\.0"):
        release_version(first, "0.9.0")
    assert release_version(first, "3.0.0") == "3.0.0"
    same = changes_of(world(), world())
    with pytest.raises(InputError, match=r"0\.1\.0 is too low: the newest release is 1\.0\.0"):
        release_version(same, "0.1.0")
    assert release_version(same, "1.0.0") == "1.0.0"


def test_an_under_declared_release_is_refused_and_nothing_is_touched(releases: Path) -> None:
    before = contents(releases)
    with pytest.raises(InputError, match="is too low"):
        publish_world(releases, followed(), declared="1.0.1")
    assert contents(releases) == before


def test_a_declared_version_is_published_once_and_says_so(releases: Path) -> None:
    published = publish_world(releases, followed(), declared="1.5.0")
    assert (published.version, published.created) == ("1.5.0", True)
    told = (published.path / "CHANGES.md").read_text(encoding="utf-8")
    assert "The changes ask for 1.1.0; the maintainers declared 1.5.0." in told
    assert publish_world(releases, followed(), declared="1.5.0").created is False
    assert publish_world(releases, followed()).created is False


def test_a_higher_version_of_the_same_tables_is_a_release_without_changes(releases: Path) -> None:
    published = publish_world(releases, declared="2.0.0")
    told = (published.path / "CHANGES.md").read_text(encoding="utf-8")
    assert "Version 2.0.0 holds the same rows, columns and rules as 1.0.0." in told
    assert "The changes ask for no new version; the maintainers declared 2.0.0." in told
    assert open_release(published.path).frame("changes").is_empty()


@pytest.mark.parametrize(
    "nonsense", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "one", "1.0.0\n", "", "١.٠.٠", "1.0.9999999999"]
)
def test_nonsense_is_refused_with_the_setting(nonsense: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_RELEASE_VERSION", nonsense)
    with pytest.raises(InputError, match=r"^setting release_version: .*is no version MAJOR\.MINOR\.PATCH"):
        load_settings()


def test_a_version_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_RELEASE_VERSION", "2.10.0")
    assert load_settings().release_version == "2.10.0"


def test_reasons_are_those_of_the_level_alone() -> None:
    changes = changes_of(world(), followed())
    assert list(reasons(changes)) == [
        "1 row of actors is new",
        "1 row of retired_events is new",
        "1 row of shared_toll_events is new",
    ]
    assert because(changes, most=1) == "1 row of actors is new and 2 changes more"
    assert because(changes_of(world(), world())) == ""


def test_the_rows_of_a_new_table_are_no_reason_beside_the_table() -> None:
    grown = changes_of({"places": world()["places"]}, {"places": world()["places"], "actors": world()["actors"]})
    assert because(grown) == "table actors is new"


def test_a_tightened_constraint_is_told_with_both_limits(first: Path) -> None:
    contract = tightened("places", "latitude", maximum=60)
    plan = plan_release(world(), open_release(first), build_time=BUILD_TIME, contract=contract)
    assert (plan.version, because(plan.changes)) == (
        "2.0.0",
        "column places.latitude allows less: maximum 60, before maximum 90",
    )


def _sentence(**change: str | None) -> str:
    known = {"table": "events", "column": None, "old": None, "new": None}
    return schema_sentence(SchemaChange(**{**known, **change}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "type_changed", "column": "x", "old": '"string"', "new": '"integer"'},
         "column events.x has the type integer, no longer string"),
        ({"kind": "unit_changed", "column": "x", "old": None, "new": '"day"'},
         "column events.x is in day, no longer in nothing"),
        ({"kind": "primary_key_changed", "old": '["a"]', "new": '["a", "b"]'},
         "the key of events is a, b, no longer a"),
        ({"kind": "check_removed", "old": '"in_order"'}, "events keeps no longer to the rule in_order"),
        ({"kind": "constraint_loosened", "column": "x", "old": '{"required": true}', "new": '{"required": null}'},
         "column events.x allows more: required none, before required true"),
        ({"kind": "words_changed", "column": "x", "old": '"a"', "new": '"b"'},
         "events.x is described in other words"),
        ({"kind": "column_moved", "column": "x"}, "column events.x stands in another place"),
    ],
)  # fmt: skip
def test_schema_changes_are_sentences(change: dict[str, str | None], says: str) -> None:
    assert _sentence(**change) == says


def test_a_foreign_key_is_told_by_the_columns_it_joins() -> None:
    table = CONTRACT.tables["retired_events"]
    old, new = ({table.name: describe_table(table)} for _ in range(2))
    del old[table.name]["schema"]["foreignKeys"]
    (change,) = compare_schemas(old, new)
    assert schema_sentence(change) == "retired_events has a further foreign key: current_event_id names events.event_id"
