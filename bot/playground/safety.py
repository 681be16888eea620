"""What a browser may do with our pages: run our own scripts, ask us, and nothing else."""

from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""For the page that `eval` draws, which holds its own style sheet and no script."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def as_page(html: str, policy: str = POLICY) -> web.Response:
    """Give an HTML page with the rules that hold for it."""
    headers = HEADERS | {"Content-Security-Policy": policy}
    return web.Response(text=html, content_type="text/html", headers=headers)
