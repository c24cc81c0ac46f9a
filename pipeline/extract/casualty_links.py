"""Which head is about which people, as rows: tolls, objects, subjects, subtotals, figures told place by place.

Works on the tokens of one sentence, with the groups of `victims.py` and the heads of `casualty_heads.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.casualty_company import companions, of_the_dead
from pipeline.extract.casualty_heads import Head, before, behind, counts_lives, is_active, subject_end
from pipeline.extract.record import record, replace
from pipeline.extract.victims import Group
from pipeline.extract.words import Token, load_words

_WORDS = load_words("casualties")
_TOLL = frozenset(_WORDS["toll"])
_TOLL_SIGNS = _TOLL | {"number"}
_TOLL_VERBS = frozenset(_WORDS["toll_verbs"])
_OLD_TOLL = frozenset(word for phrase in _WORDS["old_toll"] for word in phrase.split()) - {"death"}
_PREPOSITIONS = frozenset({"in", "at", "of", "on", "to", "by", "from", "since", "until"})
_HARMED = frozenset(_WORDS["harmed"])
_CLAIMING = frozenset({"claim", "claims", "claimed", "claiming"})
_RAISERS = frozenset(_WORDS["toll_raisers"])
_RAISED_REACH = 3
"""Tokens from the figure to "toll" behind it, at most."""
_NUMBER_REACH = 9
"""Tokens after "the number of" among which it is told what became of them."""
_AFTER_HER = frozenset(
    {"in", "on", "at", "with", "and", "by", "as", "near", "before", "after", "when", "outside", "instantly", "dead"}
)
_TOLL_REACH = 40
"""Tokens between "toll" and its figure, at most."""


@record
class Row:
    """A figure of one kind: people[members] at the head tokens[head[0]:head[1]]."""

    kind: str
    low: int | None
    high: int | None
    approximate: bool
    members: tuple[int, ...]
    head: tuple[int, int]
    subtotal: bool = False
    total: bool = False
    distributed: bool = False


def has_toll(words: list[Token]) -> bool:
    """Tell whether a sentence may name a toll, which needs no head beside it."""
    return any(token.lower in _TOLL_SIGNS for token in words)


def linked(words: list[Token], people: list[Group], found: list[Head]) -> list[Row]:
    """Tie each head to its people: tolls first, then objects, then subjects, so that none is claimed twice."""
    rows: list[Row] = []
    claimed: set[int] = set()

    def claim(head: Head, members: list[int], total: bool = False) -> None:
        members = [place for place in members if place not in claimed]
        fled = head.kind == "displaced" and head.form in {"participle", "intransitive"}
        if fled and any(people[place].named for place in members):
            return
        known = fled or not head.needs_people or all(people[place].known for place in members)
        if members and (known or _beside_injured(words, people[members[-1]], head, found)):
            rows.extend(_rows_of(people, head, members, total))
            claimed.update(members)

    for place, head in _tolls(words, people, found):
        claim(head, [place], total=True)
    passive: list[Head] = []
    for head in found:
        if head.form == "count_noun":
            figure = _figure_before(words, people, head)
            if figure is not None and (words[head.start].lower != "lives" or counts_lives(words, head.start)):
                claim(head, [figure])
            continue
        objects = [] if head.form in {"adjective", "intransitive"} else behind(words, head, people, found)
        if not is_active(words, head, objects):
            passive.append(head)
        elif not objects and head.kind in {"killed", "injured"} and (one := _pronoun(words, head)) is not None:
            rows.append(Row(head.kind, 1, 1, False, (), one))
            his = next((n for n, group in enumerate(people) if group.start == one[1] + 1 and group.counted), None)
            if his is not None and words[one[1]].lower == "and":
                rows.append(_with_company(rows.pop(), people[his], his))
                claimed.add(his)
        elif words[head.start].lower not in {"lives", "life"} or counts_lives(words, head.start):
            claim(head, objects)
    for head in passive:
        members = before(words, head, people, found, frozenset(claimed))
        if members:
            claim(head, members)
        elif (single := _named_person(words, people, head)) is not None:
            rows.append(Row(head.kind, 1, 1, False, (), single))
        else:
            continue
        company = companions(words, head.end, people, found)
        if company is not None and company not in claimed:
            rows.append(_with_company(rows.pop(), people[company], company))
            claimed.add(company)
    rows += [Row("killed", low, high, False, (), (start, end)) for start, end, low, high in of_the_dead(words)]
    return rows


def _with_company(row: Row, group: Group, place: int) -> Row:
    """Add those who died with somebody; where nobody counts them ("along with other fighters") there were more."""
    high = None if row.high is None or group.high is None else row.high + group.high
    low = row.low if row.low is None or group.low is None else row.low + group.low
    return replace(row, low=low, high=high, members=(*row.members, place) if group.counted else row.members)


def _beside_injured(words: list[Token], group: Group, head: Head, found: list[Head]) -> bool:
    """Tell "claiming eight and wounding 14": a bare figure counts people where the injured are counted with it."""
    if not group.is_bare or words[head.start].lower not in _CLAIMING or group.end + 1 >= len(words):
        return False
    then = group.end + (words[group.end].lower in {"and", ","})
    return any(other.kind == "injured" and other.start == then for other in found)


def _rows_of(people: list[Group], head: Head, members: list[int], total: bool) -> list[Row]:
    """Add up one side's victims; civilians and fighters in one list are two rows. "Neutralized" sets no figure."""
    if head.at_most:
        return []
    sides: dict[str, list[int]] = {}
    for place in members:
        told = people[place].victim_class
        sides.setdefault(told if told.startswith("combatant") else "", []).append(place)
    rows = []
    for places in sides.values():
        low: int | None = _sum([people[place].low for place in places])
        high: int | None = _sum([people[place].high for place in places])
        approximate = any(people[place].approximate for place in places)
        if head.form == "toll":
            low = high if high is not None else low  # "from 9 to 12" is 12
        subtotal = all(people[place].subtotal for place in places)
        rows.append(Row(head.kind, low, high, approximate, tuple(places), (head.start, head.end), subtotal, total))
    return rows


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _tolls(words: list[Token], people: list[Group], found: list[Head]) -> Iterator[tuple[int, Head]]:
    """Yield the figure of "the death toll rose from 9 to 12"; an "earlier toll" is not the toll."""
    for at, token in enumerate(words):
        if token.lower not in _TOLL_SIGNS or not _is_toll(words, at):
            continue
        if any(word.lower in _OLD_TOLL for word in words[max(0, at - 3) : at]):
            continue
        if (place := _raised(words, people, at)) is not None:
            yield place, Head(at, at + 1, "killed", "toll", False, False)
            continue
        near = words[max(0, at - 1) : at] if token.lower in _TOLL else words[at : at + _NUMBER_REACH]
        injured = any(word.lower in {"injury", "injured", "wounded", "injuries"} for word in near)
        for place, group in enumerate(people):
            if group.start <= at or not group.counted:
                continue
            if group.start - at > _TOLL_REACH or any(word.text in ".;" for word in words[at : group.start]):
                break
            lead = words[group.start].lower if words[group.start].lower in {"from"} else words[group.start - 1].lower
            if lead in _TOLL_VERBS | {"from"}:
                own = next((head for head in found if head.start == group.end), None)
                kind = own.kind if own else "injured" if injured else "killed"
                head = Head(at, at + 1, kind, "toll", False, False)
                yield place, head
                break


def _raised(words: list[Token], people: list[Group], at: int) -> int | None:
    """Return the figure of "updated to 18 its death toll", "bringing to 40 the number of dead"."""
    for place, group in enumerate(people):
        if group.start >= at:
            break
        if not group.counted or group.start < 2 or not 0 < at - group.end <= _RAISED_REACH:
            continue
        if words[group.start - 1].lower in {"to", "at"} and words[group.start - 2].lower in _RAISERS:
            return place
    return None


def _is_toll(words: list[Token], at: int) -> bool:
    """Tell "toll", and "the number of people killed ... rose to"."""
    if words[at].lower in _TOLL:
        return True
    if words[at].lower != "number" or at + 2 >= len(words) or words[at + 1].lower != "of":
        return False
    told = {word.lower for word in words[at + 2 : at + _NUMBER_REACH]}
    return bool(told & _HARMED) and (at == 0 or words[at - 1].lower in {"the", "a", "total"})


def _figure_before(words: list[Token], people: list[Group], head: Head) -> int | None:
    """Return the group whose figure counts the noun: "11 civilian deaths", "claimed 12 lives"."""
    for place, group in enumerate(people):
        gap = head.start - group.end
        if (
            0 <= gap <= 2
            and group.counted
            and not group.weak
            and all(word.lower.isalpha() for word in words[group.end : head.start])
        ):
            if any(word.lower in {"and", "or", "in", "of"} for word in words[group.end : head.start]):
                return None
            return place
    return None


def _pronoun(words: list[Token], head: Head) -> tuple[int, int] | None:
    """Return the tokens of "killing him", "wounded her": one person."""
    if head.needs_people or head.end >= len(words) or words[head.end].lower not in {"him", "her"}:
        return None
    own = head.end + 1 >= len(words) or not words[head.end + 1].text[0].isalpha() or words[head.end].lower == "him"
    return (head.start, head.end + 1) if own or words[head.end + 1].lower in _AFTER_HER else None


def _named_person(words: list[Token], people: list[Group], head: Head) -> tuple[int, int] | None:
    """Return the tokens of a lone victim told by name or rank: "Abu X, the commander in Y, was killed"."""
    end, helped = subject_end(words, head)
    if head.kind not in {"killed", "injured"} or head.needs_people or not helped or head.form == "adjective":
        return None
    if "was" not in {word.lower for word in words[end : head.start]} or end == 0:
        return None
    start = end
    while (
        start > 0
        and end - start < 14
        and words[start - 1].text not in {".", ";"}
        and words[start - 1].lower not in {"that", "said", "when", "and"}
    ):
        start -= 1
    ranked = any(group.low == group.high == 1 and start <= group.start < end and not group.oblique for group in people)
    counted = any(
        group.start < end and group.end > start and (group.high != 1 or not group.counted) for group in people
    )
    named = (
        start + 1 < end
        and words[start].text[0].isupper()
        and words[start + 1].text[0].isupper()
        and words[start].lower not in {"the", "in", "a", "no"}
    )
    return (start, head.end) if (ranked or named) and not counted else None


def parts_of(words: list[Token], people: list[Group], rows: list[Row], found: list[Head]) -> list[Row]:
    """Find subtotals ("including two children") and figures told place by place ("and three in Sarmin")."""
    claimed = {place for row in rows for place in row.members}
    owners = sorted((max(row.members), number) for number, row in enumerate(rows) if row.members)
    bound = {row.head[0] for row in rows}
    loose = [head.end for head in found if head.start not in bound]
    parts: list[Row] = []
    chain = False
    for place, group in enumerate(people):
        if place in claimed or not group.counted:
            continue
        earlier = [number for last, number in owners if last < place]
        if not earlier:
            continue
        row = rows[earlier[-1]]
        if any(max(people[max(row.members)].end, row.head[1] + 1) <= end <= group.start for end in loose):
            continue  # another verb without a figure stands between: "and millions fled, including ..."
        local = _is_local(words, group, chain)
        chain = chain or (local and group.subtotal)
        if group.subtotal or local:
            subtotal = group.subtotal or chain
            part = Row(row.kind, group.low, group.high, group.approximate, (place,), row.head, subtotal, False, local)
            parts.append(part)
    return parts


def _is_local(words: list[Token], group: Group, chain: bool) -> bool:
    """Tell a figure told for a place: "another six in X"; in a chain of them "3 and X" as well, where a word is
    lost."""
    if not group.is_bare or group.end + 1 >= len(words):
        return False
    following = words[group.end].lower
    lead = words[group.start - 1].lower if group.start else ""
    if chain and following == "and" and words[group.end + 1].text[0].isupper():
        return True
    return following in {"in", "at", "near"} and lead not in _PREPOSITIONS
