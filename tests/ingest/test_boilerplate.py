"""What is cut around an article and, above all, what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.boilerplate import kept_spans, kept_text
from tests.growth import grows_linearly

LEAD = "Shells hit the market of the town on Tuesday morning, and two people were wounded, a doctor said."
NEXT = "About 30 people fled to the olive groves. Related to this, the council closed the road to the north."
LAST = "Read more closely, the statement says nothing of the raid. Share of blame lies with both sides."
ARTICLE = f"{LEAD}\n\n{NEXT}\n\n{LAST}"
WIRE = f"{LEAD} {NEXT} {LAST}"

PIECES = (
    LEAD, NEXT, "", " ", "Check Also", "Read more", "Related Articles", "About Jane Writer", "About the author",
    "Share", "By Jane Writer", "A headline without an end", "A snippet cut off …", "Read also: a headline",
    "lower case line", "Jane Writer is a reporter.", "Reporting by Jane Writer", "Get short URL 0 12", "© 2021",
    "Read Also", "Source X", "\r",
)  # fmt: skip


def kept(raw: str) -> str:
    return kept_text(raw, kept_spans(raw))


def test_an_article_without_furniture_stays_as_it_is() -> None:
    assert kept(ARTICLE) == ARTICLE
    assert kept_spans(f"\n {LEAD} \n") == ((2, 2 + len(LEAD)),)
    assert kept(WIRE) == WIRE


def test_the_author_box_and_the_teaser_at_the_end_go() -> None:
    box = (
        "About Jane Writer\n\nCheck Also\n\nBridge. Six dead in a fall | News from the valley\n\nA bus left the road …"
    )
    assert kept(f"{ARTICLE}\n\n{box}") == ARTICLE


def test_an_author_box_with_a_biography_goes() -> None:
    for box in (
        "About Jane Writer",
        "About Jane Writer\nJane Writer is a freelance reporter who lives in the valley.",
        "About Omar al-Writer\n\nOmar is the editor of this page.\n\nFollow him on Twitter",
        "About the author\nJane lives in the valley.",
    ):
        assert kept(f"{ARTICLE}\n\n{box}") == ARTICLE


def test_a_section_about_a_group_or_a_town_stays() -> None:
    for section in (
        "About Ahrar al-Wadi\nThe group holds three villages. It was founded in 2014.",
        "About Kafr Ward\nThe town covers two hills and had 3,000 inhabitants.",
        "About 30 people\nThey fled.",
        f"About Jane Writer\n{'Jane Writer is a reporter who saw the raid. ' * 20}",
    ):
        assert kept(f"{ARTICLE}\n\n{section}\n\n{LEAD}") == f"{ARTICLE}\n\n{section}\n\n{LEAD}"


@pytest.mark.parametrize("heading", ["Check Also", "Related Articles", "You may also like", "MORE NEWS", "Most read:"])
def test_a_heading_that_ends_the_article_takes_headlines_and_their_snippets(heading: str) -> None:
    teasers = (
        "Six dead in a fall\nA bus left the road on Monday.\nRiver floods the valley\nThe dam broke, officials said."
    )
    assert kept(f"{ARTICLE}\n\n{heading}\n{teasers}") == ARTICLE


@pytest.mark.parametrize("heading", ["Read more", "See also", "Related", "Also read:", "Related stories", "Don't miss"])
def test_a_heading_between_paragraphs_takes_only_the_headlines_below_it(heading: str) -> None:
    raw = f"{LEAD} {LEAD} {LEAD}\n\n{heading}\n• Six dead in a fall\n• River floods the valley\n\n{NEXT}\n\n{LAST}"
    assert kept(raw) == f"{LEAD} {LEAD} {LEAD}\n\n{NEXT}\n\n{LAST}"


def test_two_paragraphs_below_a_teaser_are_the_article_going_on() -> None:
    raw = f"{LEAD} {LEAD} {LEAD}\n\nRelated stories\nSix dead in a fall\n\n{NEXT}\n\n{LAST}"
    assert kept(raw).endswith(f"{NEXT}\n\n{LAST}")


def test_a_wrapped_paragraph_below_a_heading_is_no_headline() -> None:
    wrapped = "Six people died when a bus\nleft the road near the river, and\nothers were hurt."
    assert kept(f"{LEAD}\n\nRead more\n{wrapped}\n\n{LAST}") == f"{LEAD}\n\n{wrapped}\n\n{LAST}"


@pytest.mark.parametrize(
    "teaser", ["Read more: Six dead in a fall", "ALSO READ | Six dead", "Related: Six dead", "READ ALSO – Six dead"]
)
def test_a_teaser_in_one_line_costs_only_that_line(teaser: str) -> None:
    assert kept(f"{LEAD}\n\n{teaser}\n\n{NEXT}") == f"{LEAD}\n\n{NEXT}"


@pytest.mark.parametrize(
    "line",
    [
        "Share this article", "Share on Facebook", "Tweet", "Facebook Twitter Telegram",
        "Follow us on Twitter: @herald", "Subscribe to our weekly newsletter", "Sign up for alerts", "Advertisement",
        "Skip to main content", "3 min read", "We use cookies to improve this site.", "Accept all cookies",
        "Home > News > North", "Tags: raid, valley",
        "© 2021 Northern Herald", "Copyright Northern Herald. All rights reserved.", "12 Comments", "Leave a comment",
        "View all posts by Jane Writer", "Next: River floods the valley", "Privacy Policy",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes_wherever_it_stands(line: str) -> None:
    assert kept(f"{line}\n{LEAD}\n\n{line}\n\n{NEXT}\n{line}") == f"{LEAD}\n\n{NEXT}"


@pytest.mark.parametrize(
    "line",
    ["Home", "Share", "Related", "Read more"],
)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    raw = f"{LEAD}\n\n{line} is how the sentence begins, and it goes on for a while.\n\n{NEXT}"
    assert kept(raw) == raw


def test_a_byline_goes_at_the_top_and_nowhere_else() -> None:
    assert kept(f"By Jane Writer and Omar al-Writer in Kafr Ward\n\n{ARTICLE}") == ARTICLE
    middle = f"{LEAD}\n{NEXT}\n{LAST}\n{LEAD}\nBy Jane Writer\n{NEXT}"
    assert kept(middle) == middle
    sentence = f"By Tuesday the road was open.\n{LEAD}"
    assert kept(sentence) == sentence


def test_credits_at_the_end_go() -> None:
    credits = "(Reporting by Jane Writer; Editing by Omar Writer)\nSource: Northern Agency\nPhoto: Jane Writer"
    assert kept(f"{ARTICLE}\n\n{credits}") == ARTICLE
    assert kept(f"Photo: a market stall\n{ARTICLE}") == f"Photo: a market stall\n{ARTICLE}"


@pytest.mark.parametrize(
    "ending",
    [
        " Reporting by Jane Writer; Editing by O. Writer Our Standards:The Thomson Reuters Trust Principles.",
        " Additional reporting by Jane Writer in Kafr Ward; editing by Omar Writer",
        " Read Also", " Read more", " (Source: Northern Agency) Twitter", " Source Northern Agency and agencies",
        " (With AFP and Reuters) Last Update: Sunday 7 February 2021 KSA 15:55 - GMT 12:55 1", " --Reuters", "-AFP",
        " ABC 12", " 218-11", " QWERTY", " J.W/ Omar/M. Writer", " Jane Writer", " (AFP)",
        " This article is an edited translation from our Arabic edition.",
        " Never miss a story again sign up to our Telegram channel and stay up to speed!",
        " ... 51 Topic The Raids (12) Related River Floods Valley Six Dead in Fall - Reports Tags raid Kafr Ward"
        " Community standardsDiscussion Comment via FacebookComment via Herald News",
        " Tags raid Kafr Ward Community standardsDiscussion Comment via Herald News",
        " Source AA Related News River floods valley Are six dead? Category News SUBSCRIBE Terms of Use Privacy Policy",
    ],
)  # fmt: skip
def test_a_known_ending_of_a_text_without_line_breaks_goes(ending: str) -> None:
    assert kept(WIRE + ending) == WIRE
    assert kept(ARTICLE + ending) == ARTICLE


@pytest.mark.parametrize(
    "ending",
    [
        " (AFP) Five more people were wounded.", " (Reuters) The road was open again on Sunday", " Five were wounded",
        " The raid killed 12", " Related protests were held in the north.", " He blamed the U.S. for it",
        " Nobody was hurt!", ' "We will stay"', " Tags were found on the shells.", " The source is Jane Writer.",
    ],
)  # fmt: skip
def test_an_ending_that_tells_something_stays(ending: str) -> None:
    assert kept(WIRE + ending) == WIRE + ending


def test_an_ending_is_never_the_whole_article() -> None:
    assert kept("Two dead. Jane Writer") == "Two dead. Jane Writer"


def test_share_counters_go_but_a_toll_behind_them_stays() -> None:
    date = "07.02.2021(updated 10:41) "
    assert kept(f"{date}Get short URL 0 73 The shells fell. {WIRE}") == f"{date} The shells fell. {WIRE}"
    assert kept(f"{date}Get short URL 0 85 12 Fighters fell. {WIRE}") == f"{date} 12 Fighters fell. {WIRE}"
    assert kept(f"{date}Get short URL 24 people fell. {WIRE}") == f"{date} 24 people fell. {WIRE}"
    assert kept(f"AFP Sunday Print Tweet Views 45 Two fell. {WIRE}") == f"AFP Sunday  Two fell. {WIRE}"


def test_nothing_but_furniture_leaves_nothing() -> None:
    assert kept_spans("Share\nTweet\n\nHome > News\n") == ()
    assert kept_spans("") == ()
    assert kept_spans(" \n\t") == ()


def test_offsets_count_code_points() -> None:
    raw = f"Share\n😀 {LEAD}\nTweet"
    assert kept_spans(raw) == ((6, 8 + len(LEAD)),)


def test_windows_line_ends_are_line_ends() -> None:
    assert kept(f"{LEAD}\r\n\r\nShare\r\n{NEXT}\r\n") == f"{LEAD}\r\n\r\n{NEXT}"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30), st.sampled_from(["\n", "\n\n", " ", ". "])
)
def test_spans_are_sorted_disjoint_within_the_text_and_not_blank(pieces: list[str], between: str) -> None:
    raw = between.join(pieces)
    spans = kept_spans(raw)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(raw) and raw[start:end].strip() for start, end in spans)
    text = kept_text(raw, spans)
    assert text == text.strip()


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_cutting_is_done_after_one_pass_for_text_with_paragraphs_between(pieces: list[str]) -> None:
    paragraphs = [piece for piece in pieces if piece in (LEAD, NEXT)]
    text = "\n\n".join(paragraphs)
    assert kept(text) == text


@pytest.mark.parametrize(
    "raw",
    [
        "Check Also\n" * 20_000, "About Jane Writer\n" * 20_000, "Related\nShare\n" * 20_000, "A/A" * 30_000,
        ". 12" * 30_000, " (AFP)" * 30_000, "." + " " * 90_000 + "x", "Reporting by " * 8_000, "Related News A" * 8_000,
        "... 1" * 20_000,
    ],
)  # fmt: skip
def test_hostile_text_takes_no_more_time_than_its_length_asks_for(raw: str) -> None:
    lead = f"{LEAD} {LEAD} {LEAD}\n"
    assert grows_linearly(kept_spans, lead + raw[: len(raw) // 4], lead + raw)
