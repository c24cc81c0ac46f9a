"""Which blocs fight on one side: joined by "and" they act together; others ("the army and rebels") are two sides."""

from __future__ import annotations

LEADER = "syrian_government"
"""Of the state's allies, the one whose war it is: it leads, in whatever order they are named."""
STATE_ALLIES = frozenset({LEADER, "russia", "iran_allies"})
ALLIES = (STATE_ALLIES, frozenset({"us_coalition", "sdf"}), frozenset({"turkey", "opposition"}))


def are_allied(one: str, other: str) -> bool:
    """Tell two different blocs that fight together."""
    return one != other and any({one, other} <= allies for allies in ALLIES)
