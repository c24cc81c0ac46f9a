"""Run lineage: what each materialisation was made of, as one record, told to others in OpenLineage and in W3C PROV.

Rows are followed by `trace`, by keys alone; here stand datasets, columns, versions and checks.
"""
