"""Regions: what the line knows beforehand about a war, kept as data files that anyone can read and mend.

A region pack names the actors (with aliases and their dates), the places, the outlets and their perspective. Code here
reads, checks and looks up these files; it neither reads articles nor decides what a text says (that is ``extract``).
A new region is a new folder beside ``syria/``: no code changes.
"""

from __future__ import annotations

from pipeline.regions.folding import fold
from pipeline.regions.load import load_region, read_region
from pipeline.regions.pack import Actor, Alias, Outlet, Place, RegionPack

__all__ = ["Actor", "Alias", "Outlet", "Place", "RegionPack", "fold", "load_region", "read_region"]
