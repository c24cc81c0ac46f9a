from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.brief.hostile_text import EXCERPT, Md, escape_markdown, excerpt, markdown_link, tidy

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(markdown: str) -> tuple[list[str], str]:
    """Return the kinds of nodes that Markdown makes, and the text they show."""
    tokens = MARKDOWN.parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = [token.type for token in tokens] + sorted({child.type for child in inline})
    return kinds, "".join(child.content for child in inline)


@given(st.text(min_size=1))
@example("# heading")
@example(" # heading after a space")
@example("1. list")
@example("- list")
@example("---")
@example("===")
@example("> quote")
@example("| a | b |\n|---|---|")
@example("[x](javascript:alert(1))")
@example("![x](https://evil.example/x.png)")
@example("<https://evil.example>")
@example("<script>alert(1)</script>")
@example("&lt;b&gt; &amp; &#60;")
@example("`code` **bold** __bold__ ~~gone~~")
@example("~~~\nfence")
@example("trailing backslash\\")
@example("[ref]: https://evil.example")
@example("\\<b>")
def test_any_text_comes_out_of_markdown_as_itself(text: str) -> None:
    expected = tidy(text).strip()
    kinds, content = shown("Word " + escape_markdown(text))
    assert content.removeprefix("Word").strip() == expected
    assert kinds[:3] == ["paragraph_open", "inline", "paragraph_close"]
    assert set(kinds[3:]) <= {"text", "text_special"}
    if expected:
        kinds, content = shown(escape_markdown(text))
        assert (kinds[:3], content.strip()) == (["paragraph_open", "inline", "paragraph_close"], expected)
        assert set(kinds[3:]) <= {"text", "text_special"}


@given(st.text(min_size=1))
def test_any_text_stays_in_its_table_cell(text: str) -> None:
    row = f"| {escape_markdown(text)} | end |"
    tokens = MARKDOWN.parse(f"| a | b |\n|---|---|\n{row}\n")
    assert [token.type for token in tokens].count("td_open") == 2
    assert tokens[-1].type == "table_close"


def test_addresses_in_text_do_not_link_themselves() -> None:
    escaped = escape_markdown("see https://evil.example or www.evil.example or a@evil.example")
    assert "://" not in escaped
    assert "www." not in escaped
    assert "@" not in escaped


def test_markdown_made_here_is_left_alone() -> None:
    assert escape_markdown(Md("**x**")) == "**x**"


def test_versions_and_plain_words_stay_readable() -> None:
    assert escape_markdown("1.2.0") == "1.2.0"
    assert escape_markdown("5–8, at least 3 (civilians); 2021-02-01") == "5–8, at least 3 (civilians); 2021-02-01"


def test_a_link_escapes_its_text_and_keeps_its_target() -> None:
    assert markdown_link("a [b]", "https://x.example/(1)") == "[a \\[b\\]](<https://x.example/(1)>)"
    assert markdown_link("a", "#e-1") == "[a](#e-1)"
    assert markdown_link("a*", None) == "a\\*"


def test_control_and_direction_characters_are_shown_as_replaced() -> None:
    assert tidy("a\x00b\u202ec") == "a�b�c"
    assert tidy("a\n\n  b\tc\u2028d") == "a b c d"


def test_long_quotes_are_cut_and_the_cut_is_shown() -> None:
    cut = excerpt("word " * 1000)
    assert len(cut) <= EXCERPT + 4
    assert cut.endswith("[…]")
    assert excerpt("short") == "short"
