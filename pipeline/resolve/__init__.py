"""Resolve: mentions across articles become events, by codebook section 5; what denies an event is linked to it.

Structured slots decide (type, date, place, sides, tolls), never likeness of wording, and precision comes first: a wrong
merge is worse than a missed one. ``resolve.resolve`` is the way in; the weekly figures are the next room's.
"""
