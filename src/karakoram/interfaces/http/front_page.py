"""What does a person see who opens the address of a server in a browser?

A page by itself: it runs nothing and loads nothing, neither from here nor from elsewhere.
"""

from collections.abc import Iterable, Mapping
from html import escape

from fastapi import Response

from karakoram.interfaces.http.openapi import TITLE
from karakoram.interfaces.http.paths import DESCRIPTION, LOG_IN

_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"
}
_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 48rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .25rem .5rem .25rem 0; text-align: left; }
td { overflow-wrap: anywhere; }
"""


def front_page(interfaces: Iterable[tuple[str, str]], *, version: str) -> Response:
    """The page: the version, each interface with its base path, and where to read on.

    Parameters
    ----------
    interfaces
        Name and base path of each.
    version
        Of the program.
    """
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th><td><code>{escape(path)}</code></td></tr>'
        for name, path in interfaces
    )
    body = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE} {escape(version)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{TITLE} {escape(version)}</h1>
<p>This server answers programs of buyers, partner operators and the desks of operators.</p>
<h2 id="interfaces">Interfaces</h2>
<table aria-labelledby="interfaces">
<thead><tr><th scope="col">Interface</th><th scope="col">Base path</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<h2>For programs</h2>
<p>Every operation is described in <a href="{DESCRIPTION}">{DESCRIPTION}</a> (OpenAPI 3.1).
A client logs in with its secret at <code>POST {LOG_IN}</code> for a token (RFC 6749), which it
sends as <code>Authorization: Bearer TOKEN</code>.</p>
<h2>For people</h2>
<p>The guide <cite>docs/guides/http.md</cite> buys a wave step by step with curl; all routes,
refusals and options stand in <cite>docs/reference/http.md</cite>. Both come with the program's
source.</p>
</main>
</body>
</html>
"""
    return Response(body, media_type="text/html", headers=dict(_HEADERS))
