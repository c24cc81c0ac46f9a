"""Pages: what is read from them, and what is not guessed."""

from __future__ import annotations

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest.documents import Document, Limits, Rejection
from pipeline.ingest.pages import decode, page_document

BODY = "".join(
    f"<p>Paragraph {word}: shells hit the market of the town in the morning, and two people were wounded there.</p>"
    for word in ("one", "two", "three", "four")
)
HEAD = (
    "<title>Market shelled | Northern Herald</title><meta property='og:title' content='Market shelled'>"
    "<meta property='og:site_name' content='Northern Herald'><link rel='canonical' href='https://nh.example/2019/01/05/a'>"
)
DATED = "<meta property='article:published_time' content='2021-02-09T23:30:00+02:00'>"


def html(head: str = HEAD, body: str = BODY) -> bytes:
    page = (
        f"<html lang='en-GB'><head>{head}</head><body><nav>Home Politics</nav><article>{body}</article></body></html>"
    )
    return f"<!DOCTYPE html>{page}".encode()


def read(data: bytes, **sidecar: object) -> Document | Rejection:
    return page_document(data, sidecar, "pages/a.html", Limits())


def good(data: bytes, **sidecar: object) -> Document:
    item = read(data, **sidecar)
    assert isinstance(item, Document)
    return item


def test_a_page_gives_its_text_and_what_it_states_about_itself() -> None:
    item = good(html(HEAD + DATED))
    assert (item.title, item.source_name, item.url) == (
        "Market shelled",
        "Northern Herald",
        "https://nh.example/2019/01/05/a",
    )
    assert (item.published_at, item.language, item.fmt) == ("2021-02-09T23:30:00+02:00", "en-GB", "html")
    assert (item.external_id, item.input_record) == ("pages/a.html", 1)
    assert item.raw.startswith("Paragraph one: shells hit the market")
    assert "Politics" not in item.raw


def test_the_sidecar_replaces_what_the_page_states() -> None:
    item = good(html(HEAD + DATED), id="7", published_at="2021-02-08", source=None, invented=True)
    assert (item.external_id, item.published_at, item.source_name) == ("7", "2021-02-08", "Northern Herald")
    assert item.invented


def test_no_date_is_guessed_from_the_address_the_text_or_an_update() -> None:
    body = "<p>Published on 5 January 2019.</p><aside><time datetime='2019-01-05'></time></aside>" + BODY
    head = HEAD + "<meta property='article:modified_time' content='2021-03-01'><meta name='date' content='last week'>"
    page = html(head, body).replace(b"article>", b"div>")
    assert good(page).published_at is None


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='pubdate' content='Tue, 09 Feb 2021 10:00:00 +0200'>",
        "<meta itemprop='datePublished' content='2021-02-09'>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-02-09"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@id": "x"}, {"datePublished": "2021-02-09"}]}</script>',
        '<script type="application/ld+json">{broken</script><meta name="DC.date.issued" content="2021-02-09">',
    ],
)
def test_a_date_that_the_page_states_is_taken_as_written(head: str) -> None:
    published = good(html(HEAD + head)).published_at
    assert published in {"Tue, 09 Feb 2021 10:00:00 +0200", "2021-02-09"}


def test_the_date_of_another_story_in_linked_data_is_not_taken() -> None:
    nested = '{"@type": "WebPage", "related": {"@type": "NewsArticle", "datePublished": "2019-01-05"}}'
    assert good(html(f'{HEAD}<script type="application/ld+json">{nested}</script>')).published_at is None


def test_the_time_element_counts_only_when_all_of_the_article_agree() -> None:
    one = "<time datetime='2021-02-09T10:00'>Tuesday</time><time datetime='2021-02-09T12:00'></time>"
    assert good(html(body=one + BODY)).published_at == "2021-02-09T10:00"
    two = one + "<time datetime='2019-01-05'>5 January</time>"
    assert good(html(body=two + BODY)).published_at is None
    assert good(html(body=two.replace("<time", "<time pubdate", 1) + BODY)).published_at == "2021-02-09T10:00"


def test_a_page_without_site_name_is_named_by_its_host_and_without_address_unknown() -> None:
    head = "<title>Market shelled</title>"
    with_host = good(html(f"{head}<link rel='canonical' href='https://news.example/a'>"))
    assert with_host.source_name.lower() == "news.example"
    assert good(html(head)).source_name == "Unknown source"


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"plain words", b"<p></p>", b"\x1f\x8b\x08garbage", b"\x00\x01\x02"]
)
def test_a_page_without_an_article_is_empty_text(data: bytes) -> None:
    item = read(data)
    assert isinstance(item, Rejection)
    assert item.rule in {"empty_text", "missing_field"}


def test_a_page_of_countless_elements_is_too_long_to_search() -> None:
    item = read(html(body="word<br>" * 40_000))
    assert isinstance(item, Rejection)
    assert item.rule == "too_long"


def test_elements_nested_without_end_cost_only_the_page() -> None:
    assert isinstance(read(html(body="<div>" * 20_000 + BODY)), Document | Rejection)


def test_scripts_in_a_page_are_never_text() -> None:
    body = "<script>alert('Paragraph zero')</script>" + BODY
    assert "alert" not in good(html(body=body)).raw


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    outside = "<base href='http://127.0.0.1:9/'><img src='/x.png'><iframe src='http://127.0.0.1:9/'></iframe>"
    assert good(html(body=outside + BODY)).raw
    read(b"http://127.0.0.1:9/")


def test_entities_do_not_open_files() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><article><p>&x;</p>'
    item = read(bomb + BODY.encode() + b"</article></body></html>", title="t")
    assert isinstance(item, Document)
    assert "root:" not in item.raw


def test_the_encoding_is_found_as_the_html_standard_has_it() -> None:
    assert decode("é".encode()) == "é"
    assert decode(b"\xff\xfe\xe9\x00") == "é"
    assert decode(b"<meta charset='iso-8859-2'>\xb1").endswith("ą")
    assert decode(b"\x93quoted\x94") == "“quoted”"
    assert decode(b"<meta charset='no-such-thing'>\xe9").endswith("é")
    assert decode(b"<meta charset='base64'>\xe9").endswith("é")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(
    st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")), st.booleans()
)
def test_any_bytes_give_a_document_or_a_rejection(data: bytes, inside: bool) -> None:
    item = read(html(body=BODY).replace(b"two", data) if inside else data)
    assert isinstance(item, Document | Rejection)
    str(item).encode()
