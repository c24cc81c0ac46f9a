"""Lines of text measured once: weasyprint lays the same words out several times in a document, and every week has the
same headings, notes and names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from functools import lru_cache
from typing import Any

MOST = 4096
"""Lines that are kept, some hundred bytes each; all that is said in every week is in the first weeks."""
Line = tuple[Any, ...]
"""What pango laid out, its length, where the next line begins, width, height and baseline."""
ASKED = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size",
    "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
    "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""All properties that a line is laid out by; a test watches which ones weasyprint asks for."""


@lru_cache(maxsize=1)
def measure_lines_once() -> None:
    """Have weasyprint remember the lines that it laid out."""
    from weasyprint.layout import inline, preferred

    inline.split_first_line = preferred.split_first_line = measured_once(inline.split_first_line)


def measured_once(measure: Callable[..., Line]) -> Callable[..., Line]:
    """Return ``measure``, `weasyprint.text.line_break.split_first_line`, remembering what it returned.

    A line follows from its words, the room there is, the fonts, and the properties `ASKED`. The box that takes the line
    sets up pango's part of it anew when it is drawn, and gets one of its own.
    """
    known: dict[Hashable, Line] = {}

    def measured(text: str, style: Any, context: Any, room: float | None, *further: float, **told: bool) -> Line:
        looks = tuple(_hashable(style[name]) for name in ASKED)
        key = (text, style.font_config, looks, room, further, tuple(sorted(told.items())))
        if (line := known.get(key)) is None:
            line = measure(text, style, context, room, *further, **told)
            if len(known) < MOST:
                known[key] = line
        return copy(line[0]), *line[1:]

    return measured


def _hashable(value: Any) -> Hashable:
    if isinstance(value, list):
        return tuple(value)
    return frozenset(value) if isinstance(value, set) else value
