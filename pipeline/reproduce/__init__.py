"""The reproduce room: a release made again from what its lock names, in a clean folder, and compared byte for byte.

``chain`` finds the releases to make and what they follow, ``materials`` the raw files, ``environment`` says what is
other here than where the release was made, ``rebuild`` runs the pipeline on all that, ``comparison`` (with ``steps``
for the order, ``rows`` and ``alike`` for tables and file formats) says what came out differently and where first.
``job`` puts it together, ``account`` words it. Whether a release is whole in itself is `release.verify`'s.
"""
