"""The static site, made of the folder of releases alone: what anybody who has a release can make of it.

Sections (`section.py`) say which pages there are and what each rests on; `builder.py` writes what changed. A page is a
function of the releases and of the code: no clock, and nothing of the machine.
"""
