"""What page furniture looks like: the wordings that surround articles and are no part of them.

Data only, grouped by how much they prove. A wording stands here when it is a whole line of its own (`LINES`,
`TEASER_LINE`, `HEADINGS`, `CLOSING_HEADINGS`, `CREDITS`) or closes or opens a text that came without line breaks
(`RELATED`, `ENDINGS`, `COUNTERS`). How they are applied is in ``boilerplate``. A pattern that could match a sentence of
an article does not belong here.
"""

from __future__ import annotations

import re

_SITES = r"(?:facebook|twitter|x|telegram|instagram|whats ?app|linkedin|reddit|youtube|pinterest|messenger|e-?mail)"
_AGENCY = r"(?:AFP|AP|Reuters|REUTERS|dpa|DPA|EFE|TASS|SANA|Anadolu|AA|Xinhua|[Aa]gencies)"
_WORDS = r"[^.!?]"


def _any(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


LINES = _any(
    rf"share(?: (?:this|via|with|on)\b.{{0,40}})?|(?:share|post|save|send|pin)(?: (?:to|on|via|in))? {_SITES}",
    rf"{_SITES}(?:[ ,|/]+(?:and )?{_SITES})*|tweet|pin it|print(?: this)?(?: (?:article|page|story))?|copy link",
    r"save(?: (?:this )?(?:article|story))?|bookmark|listen(?: to (?:this )?(?:article|story))?|play audio",
    r"\d{1,3} min(?:ute)?s?(?: read)?|(?:\d[\d,.]*k? )?(?:comments?|shares?|views?|likes?)(?: \(?\d[\d,.]*k?\)?)?",
    r"(?:leave|post|write|add) a (?:comment|reply).{0,80}|(?:join|view) (?:the )?(?:conversation|comments)",
    rf"(?:follow|like|find|join|watch) (?:us|me|him|her|them|[@\w.' -]{{2,40}}) (?:on|at|via) {_SITES}.{{0,40}}",
    r"(?:subscribe|sign up|register)(?: (?:now|here|today|free))?|newsletters?",
    r"(?:subscribe|sign up) (?:to|for|and)\b.{0,60}\b(?:newsletters?|alerts?|updates?|briefings?|inbox)\b.{0,40}",
    r"e-?mail .{2,60} at \S+@\S+.{0,80}",
    r"get (?:our|the) .{0,60}(?:newsletter|app|alerts?|inbox).{0,40}|download (?:our|the) app.{0,60}",
    r"advertise?ment|sponsored(?: content)?|promoted(?: content)?|article continues (?:below|after).{0,40}",
    r"scroll to continue.{0,40}|skip to (?:main )?(?:content|navigation)|back to top|(?:load|show|view|see) more",
    r"menu|search|home|log ?in|sign in",
    r"home ?[>»›/|].{0,150}|(?:next|previous|prev|older|newer)(?: (?:article|post|story|page)s?)?(?: ?[>»›:].{0,150})?",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies.{0,300}",
    r"by (?:continuing|using) (?:to|this|our)\b.{0,60}\bcookies.{0,200}",
    r"(?:accept|reject|manage|allow)(?: all)?(?: cookies)?|cookie (?:policy|settings|preferences|notice)",
    r"privacy policy|terms (?:of|and|&) (?:use|service|conditions)|contact(?: us)?|about us|careers|site ?map",
    r"(?:©|\(c\)|copyright\b).{0,150}|.{0,80}\ball rights reserved\b.{0,80}",
    r"(?:filed under|tags?|topics?|categor(?:y|ies)|posted in|keywords) ?: ?.{0,200}",
    r"(?:view|see|read) (?:all|more) (?:posts?|articles?|stories) (?:by|from)\b.{0,60}|(?:more|posts) by .{0,60}",
    r"click here(?: (?:to|for)\b.{0,80})?|continue reading.{0,150}|tap to .{0,60}|want to read more\?.{0,80}",
    r"our standards: ?the thomson reuters trust principles\.?",
)
"""Whole lines that are furniture wherever they stand."""

_TEASER = (
    r"(?:also )?read(?: more| also| next| now| this)?|see also|check also|also see|in pictures|opinion|listen"
    r"|related(?: (?:story|article|news|post|reading))?|watch(?: also| now)?|more on this(?: story)?|don'?t miss"
    r"|recommended|must[- ]read|further reading"
)
TEASER_LINE = re.compile(rf"(?:{_TEASER})(?: ?[:|>»›→]+ ?| [-–—] )\S.{{0,200}}", re.IGNORECASE)
"""A line that names another story after a mark: "Read also: Ten arrested in Homs". Costs only itself."""

HEADINGS = _any(
    r"(?:also )?read(?: more| also| next)?|see also|also see|related(?: links?| topics?| content| coverage| reading)?",
    r"more on this(?: story| topic)?|on this topic|in this story|watch(?: also)?|must[- ]read|further reading",
)
"""Headings that may stand between paragraphs: only headlines below them go."""

CLOSING_HEADINGS = _any(
    r"check also|related (?:articles?|stories|story|posts?|news|reports?|videos?)",
    r"(?:you )?(?:may|might) also (?:like|be interested in)|you may have missed|don'?t miss|up next|what'?s next",
    r"more (?:stories|news|articles|headlines|top stories|to explore)|(?:read )?more from .{2,40}",
    r"recommended(?: (?:for you|stories|articles|reading))?|editor'?s'? (?:picks?|choice)",
    r"(?:top|other) (?:news|stories)",
    r"most (?:read|popular|viewed|shared|commented)|popular(?: (?:now|posts|stories))?|trending(?: (?:now|stories))?",
    r"latest(?: (?:news|stories|posts|updates|headlines|articles))?|(?:from|around) the web",
)
"""Headings that end an article: headlines below them go, and the snippets under these headlines."""

ABOUT_AUTHOR = re.compile(r"about the (?:authors?|writers?|reporters?|journalists?|contributors?)", re.IGNORECASE)
_NAME = r"[^\W\d_][\w.'’-]*"
_PARTICLE = r"(?:al|el|de|del|der|van|von|bin|ibn|abu|da|di|la|le)"
ABOUT_NAME = re.compile(rf"About (?=[A-Z])(?:{_NAME})(?: (?:{_PARTICLE}[ -]|(?=[A-Z])){_NAME}){{1,3}}")
BIOGRAPHY = re.compile(
    r"\b(?:journalist|reporter|correspondent|editor|writer|columnist|freelancer?|author|contributor|contributing"
    r"|writes|reports on|photographer|producer|blogger|analyst|follow (?:him|her|them|me)|view all)\b",
    re.IGNORECASE,
)
"""Words that tell a person's biography from a paragraph about an armed group."""

_OF_STAFF = r"[Oo]ur [Cc]orrespondents?|[Ss]taff(?: [Ww]riters?| [Rr]eporters?)?"
_JOINED = rf",? (?:and |& |in |for )?(?:{_PARTICLE}[ -])?"
BYLINE = re.compile(rf"(?:[Bb]y|BY) (?:{_OF_STAFF}|(?=[A-Z]){_NAME}(?:{_JOINED}(?=[A-Z]){_NAME}){{0,7}})")
"""A line "By Firstname Lastname", among the first lines of a text."""

CREDITS = _any(
    r"\(?(?:with )?(?:additional )?(?:reporting|writing|editing|translation|photography)\b[^.]{0,40} by .{2,220}",
    r"\(?(?:written|edited|compiled|translated|reviewed) by .{2,120}",
    r"\(?sources?: ?.{2,60}|\(?(?:photos?|images?|pictures?)(?: credit)?: ?.{2,80}",
    r"\(?with (?:files|reporting|input) from .{2,80}",
)
"""Lines that credit people or sources, among the last lines of a text."""

_NAMES = r"[A-Z][\w.-]*+(?: [A-Z][\w.-]*+){0,2}"
_END = r"(?<=[.!?\"”’)\]])\s*"
_CREDITED = r"(?:[^.!?]|\b[A-Z]\.)"
_CREDIT = r"(?:[Rr]eporting|[Ww]riting|[Ee]diting)"
_COUNT = r"\.\.\.(?: \d+)+ "
_TOPIC = rf"(?:\bTopic {_WORDS}{{0,120}}\(\d+\) )?"
_COMMENTS = r"Community ?standards ?Discussion.{0,80}"
_FOOT = rf"(?:{_COMMENTS}|Privacy Policy(?: Cookie Policy)?|Cookie Policy|All [Rr]ights [Rr]eserved\.?)"
_PRINCIPLES = r"Our Standards: ?The Thomson Reuters Trust Principles\.?"
FOOT = re.compile(rf"{_FOOT}\s*\Z", re.DOTALL)
"""The foot of a page at the end of a text without line breaks."""
RELATED = re.compile(
    rf"(?:{_COUNT}{_TOPIC}Related|\bRelated (?:News|Articles|Stories|Posts)) (?=[\"“‘A-Z\d]).{{0,2400}}?{_FOOT}\s*\Z",
    re.DOTALL,
)
"""Headlines of other stories that go on up to the foot of the page."""
ENDINGS = tuple(
    re.compile(rf"(?:{pattern})\s*\Z", re.DOTALL)
    for pattern in (
        rf"(?:{_COUNT})?{_TOPIC}\bTags {_WORDS}{{0,250}}{_COMMENTS}",
        rf"{_END}(?:Never miss|Sign up|Subscribe|Follow us|Join our|Stay up to date|Download our)\b{_WORDS}{{0,140}}"
        rf"\b(?:channel|newsletter|app|Twitter|Facebook|Telegram|Instagram|WhatsApp|inbox|alerts?)\b{_WORDS}{{0,40}}[.!]?",
        rf"\(?\b(?:Additional )?{_CREDIT}\b{_CREDITED}{{0,60}} by {_CREDITED}{{2,260}}\)?\s*{_PRINCIPLES}",
        rf"{_END}\(?(?:Additional [Rr]eporting|Reporting|Writing|Editing) {_CREDITED}{{0,60}}?"
        rf"by {_CREDITED}{{2,220}}[.)]*",
        _PRINCIPLES,
        rf"{_END}(?:(?:Read|See|Check) [Aa]lso|Read [Mm]ore)",
        rf"{_END}\(Source: [^()]{{2,60}}\)\s*(?:Twitter|Facebook)?",
        rf"{_END}Source:? {_NAMES}(?: and [Aa]gencies)?",
        r"Last [Uu]pdated?: [^!?]{10,80}\bGMT \d\d:\d\d(?: \d+)?",
        rf"{_END}\((?:[Ww]ith )?{_AGENCY}(?:(?:,| and|,? )+{_AGENCY}){{0,3}}\)",
        rf"{_END}[-–—]{{1,2}} ?{_AGENCY}",
        rf"{_END}(?:[A-Z]{{2,6}}|(?:[A-Z]{{2,6}} ?-? ?)?\d{{1,3}}(?:-\d{{1,3}})?)",
        rf"{_END}{_NAMES}(?: ?/ ?{_NAMES})+",
        rf"{_END}[A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}}",
        rf"{_END}This (?:article|story|report) (?:is|was|has been)(?: an?)? (?:edited|translated|translation|originally"
        rf"|first published|updated|corrected)\b{_WORDS}{{0,120}}\.",
    )
)
"""Endings of texts without line breaks: tags, sign-up lines, credits, sources, desk codes."""

COUNTERS = re.compile(
    r"Get short URL(?: Topic [^.()]{0,120}\(\d+\))?"
    r"(?: (?:0+|\d+(?= (?:\d|(?:A|An|The|At|In|On|As|After|According|More|Over|Some|Several) ))))*+"
    r"|\bPrint Tweet(?: Views \d+)?"
)
"""Share counters between the date and the first words. The last number stays when it may be the article's: a toll."""
