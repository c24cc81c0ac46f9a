"""A record as OpenLineage events, made with the classes of the official client (https://openlineage.io/spec/2-0-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import attr
from openlineage.client import event_v2 as ol
from openlineage.client import facet_v2 as facets

from pipeline.contracts import Table
from pipeline.run_lineage.record import NAMESPACE, Check, Dataset, Materialisation, Origin, column_origins, row_origins

PRODUCER = "urn:fieldledger:run-lineage:1"
VERSIONS_SCHEMA = "urn:fieldledger:run-lineage:1:versions"
_DIRECT = facets.column_lineage_dataset.Transformation(type="DIRECT")
_INDIRECT = facets.column_lineage_dataset.Transformation(type="INDIRECT", description="decides which rows there are")
_CARRIED = facets.column_lineage_dataset.Transformation(type="DIRECT", subtype="IDENTITY")


@attr.define
class VersionsRunFacet(facets.RunFacet):
    """Own facet: versions of code, lock, knowledge and settings, and whether the result was found done."""

    versions: dict[str, str]
    reused: bool | None = None

    @staticmethod
    def _get_schema() -> str:
        return VERSIONS_SCHEMA


@dataclass(frozen=True, slots=True)
class Happening:
    """When an event was, and of which run; what a record leaves out."""

    state: ol.RunState
    time: str
    run_id: str
    parent_id: str | None = None
    parent_job: str = "run"
    error: str | None = None


def event(made: Materialisation, told: Happening) -> ol.RunEvent:
    """Return the event of ``made`` at one point of its life."""
    started = told.state == ol.RunState.START
    return ol.RunEvent(
        eventTime=told.time,
        eventType=told.state,
        run=ol.Run(runId=told.run_id, facets=_run_facets(made, told)),
        job=ol.Job(namespace=NAMESPACE, name=made.job, facets=_job_facets(made)),
        inputs=[_input(one, made.checks) for one in made.inputs],
        outputs=[_output(one, bare=started) for one in made.outputs],
        producer=PRODUCER,
    )


def _run_facets(made: Materialisation, told: Happening) -> dict[str, facets.RunFacet]:
    found: dict[str, facets.RunFacet] = {"fieldledger_versions": VersionsRunFacet(dict(made.versions), made.reused)}
    if told.parent_id:
        found["parent"] = facets.parent_run.ParentRunFacet(
            run=facets.parent_run.Run(runId=told.parent_id),
            job=facets.parent_run.Job(namespace=NAMESPACE, name=told.parent_job),
        )
    if made.weeks:
        last = date.fromisoformat(max(made.weeks)) + timedelta(days=7)
        found["nominalTime"] = facets.nominal_time_run.NominalTimeRunFacet(
            nominalStartTime=f"{min(made.weeks)}T00:00:00Z", nominalEndTime=f"{last.isoformat()}T00:00:00Z"
        )
    if told.error is not None:
        found["errorMessage"] = facets.error_message_run.ErrorMessageRunFacet(
            message=told.error, programmingLanguage="PYTHON"
        )
    return found


def _job_facets(made: Materialisation) -> dict[str, facets.JobFacet]:
    found: dict[str, facets.JobFacet] = {
        "jobType": facets.job_type_job.JobTypeJobFacet(
            processingType="BATCH", integration="DAGSTER", jobType=made.stage.upper()
        )
    }
    if made.description:
        found["documentation"] = facets.documentation_job.DocumentationJobFacet(
            description=made.description, contentType="text/plain"
        )
    if made.owners:
        owners = [facets.ownership_job.Owner(name=name, type="OWNER") for name in made.owners]
        found["ownership"] = facets.ownership_job.OwnershipJobFacet(owners=owners)
    return found


def _input(one: Dataset, checks: Iterable[Check]) -> ol.InputDataset:
    said = [
        facets.data_quality_assertions_dataset.Assertion(
            assertion=check.name, success=check.passed, severity="error" if check.blocking else "warn"
        )
        for check in checks
        if check.dataset == one.name
    ]
    told = facets.data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(assertions=said)
    return ol.InputDataset(
        namespace=NAMESPACE,
        name=one.name,
        facets=_version(one),
        inputFacets={"dataQualityAssertions": told} if said else {},
    )


def _version(one: Dataset) -> dict[str, facets.DatasetFacet]:
    if one.version is None:
        return {}
    return {"version": facets.dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=one.version)}


def _output(one: Dataset, *, bare: bool) -> ol.OutputDataset:
    """Return a dataset that is made; ``bare`` before it is there."""
    if bare:
        return ol.OutputDataset(namespace=NAMESPACE, name=one.name)
    found = _version(one)
    if one.table is not None:
        found |= {"schema": _schema(one.table), "columnLineage": _columns(one.table)}
    if one.rows is not None:
        found["dataQualityMetrics"] = facets.data_quality_metrics_dataset.DataQualityMetricsDatasetFacet(
            columnMetrics={}, rowCount=one.rows
        )
    statistics = facets.output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=one.rows)
    return ol.OutputDataset(
        namespace=NAMESPACE,
        name=one.name,
        facets=found,
        outputFacets={"outputStatistics": statistics} if one.rows is not None else {},
    )


@lru_cache(maxsize=64)
def _schema(table: Table) -> facets.DatasetFacet:
    fields = facets.schema_dataset.SchemaDatasetFacetFields
    return facets.schema_dataset.SchemaDatasetFacet(
        fields=[
            fields(name=f.name, type=f.type, description=f.description, ordinal_position=n)
            for n, f in enumerate(table.fields, start=1)
        ]
    )


@lru_cache(maxsize=64)
def _columns(table: Table) -> facets.DatasetFacet:
    columns = facets.column_lineage_dataset

    def named(
        origin: Origin, how: facets.column_lineage_dataset.Transformation
    ) -> facets.column_lineage_dataset.InputField:
        return columns.InputField(NAMESPACE, origin.dataset, origin.column, transformations=[how])

    return columns.ColumnLineageDatasetFacet(
        fields={
            name: columns.Fields(
                inputFields=[named(o, _CARRIED if len(origins) == 1 and o.column == name else _DIRECT) for o in origins]
            )
            for name, origins in column_origins(table).items()
        },
        dataset=[named(origin, _INDIRECT) for origin in row_origins(table)],
    )
