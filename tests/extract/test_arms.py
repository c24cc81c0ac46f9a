"""Planes and guns told in one breath are two happenings; whatever else stands beside them adds none."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported

AIR, SHELLING = "Air/drone strike", "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    "text",
    [
        "Government air strikes and artillery fire killed nine people in Saraqib on Monday.",
        "The regime hit Daraya with barrel bombs and howitzers on Monday.",
        "Regime forces pounded Saraqib with warplanes and rocket launchers on Monday.",
        "Army artillery and aviation targeted positions of the militants in Talbiseh on Monday.",
        "The regime renewed its aerial and artillery bombardment of Zabadani on Monday.",
        "The army resumed its aerial artillery and missile bombardment of Zabadani on Monday.",
        "Intense air and artillery strikes hit the town of Kafr Zita on Tuesday.",
        "Warplanes and artillery of the regime targeted the town of Morek on Monday.",
        "Rebels fired rockets at Nubl on Monday and regime warplanes carried out raids on Anadan.",
    ],
)
def test_planes_and_guns_are_two_happenings(extractor: RuleExtractor, text: str) -> None:
    assert {m.sub_event_type for m in reported(extractor, text)} == {AIR, SHELLING}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russian jets hit Saraqib with bombs and missiles on Monday.", AIR),
        ("Helicopters dropped barrel bombs and rockets on Daraya on Monday.", AIR),
        ("Troops backed by artillery and helicopters fought rebels in Morek on Monday.", "Armed clash"),
        ("Either an air strike or artillery fire killed two people in Saraqib on Monday.", AIR),
    ],
)
def test_one_means_stays_one(extractor: RuleExtractor, text: str, name: str) -> None:
    found = {m.sub_event_type for m in reported(extractor, text)}
    assert found <= {name, SHELLING} if " or " in text else found == {name}
