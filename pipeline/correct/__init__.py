"""Correct: what people declare about events is applied to what the coding gives, and all that follows computed anew.

A correction says what its author saw; it is applied once that is what stands, and left out and reported otherwise, so
that neither the order of files nor that of records matters. Rules of coding are none of this room's business: tables
that come out of a merge or a split are settled by the functions of the room before (`resolve`).
"""
