"""Settings come from the call, the environment and the file, in this order, and a wrong one says how to mend it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("FIELDLEDGER_DATA_DIR", "FIELDLEDGER_GAZETTEERS", "FIELDLEDGER_REGION", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def test_the_call_outranks_the_environment_and_the_environment_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("fieldledger.toml").write_text('data_dir = "from-file"\nregion = "from_file"\n', encoding="utf-8")
    assert load_settings().data_dir == Path("from-file")
    monkeypatch.setenv("FIELDLEDGER_DATA_DIR", "from-environment")
    assert load_settings().data_dir == Path("from-environment")
    assert load_settings().region == "from_file"
    assert load_settings(data_dir=Path("from-call")).data_dir == Path("from-call")


def test_the_standard_build_time_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1612137600")
    assert load_settings().source_date_epoch == 1612137600


def test_an_unknown_setting_is_refused_by_name() -> None:
    Path("fieldledger.toml").write_text('data_dirr = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match="setting data_dirr"):
        load_settings()


def test_a_setting_of_the_wrong_kind_is_refused_with_the_value_and_the_remedy() -> None:
    Path("fieldledger.toml").write_text('max_record_bytes = "lots"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"setting max_record_bytes: .*lots.*FIELDLEDGER_MAX_RECORD_BYTES"):
        load_settings()


def test_a_table_of_no_rows_is_never_in_parts() -> None:
    with pytest.raises(InputError, match=r"setting partition_rows: .*greater than or equal to 1"):
        load_settings(partition_rows=0)
    assert load_settings().entering()["partition_rows"] == 1_000_000


def test_a_file_that_is_no_toml_is_refused() -> None:
    Path("fieldledger.toml").write_text("data_dir: data\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"fieldledger\.toml"):
        load_settings()


def test_paths_of_gazetteers_stand_in_a_list_of_the_file_or_in_one_text_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("fieldledger.toml").write_text('gazetteers = ["SY.zip", "places.csv"]\n', encoding="utf-8")
    assert load_settings().gazetteers == (Path("SY.zip"), Path("places.csv"))
    monkeypatch.setenv("FIELDLEDGER_GAZETTEERS", os.pathsep.join(("/a/SY.txt", "b.csv")))
    assert load_settings().gazetteers == (Path("/a/SY.txt"), Path("b.csv"))
    monkeypatch.setenv("FIELDLEDGER_GAZETTEERS", "")
    assert load_settings().gazetteers == ()
