"""A deployment that lasts: its storage, its backups, its regions, its logs, and what a maintainer asks of it.

What the pipeline makes is decided elsewhere; nothing here enters a release.
"""
