"""What a browser may load for a page of the site: its own style sheet and script, nothing else.

The policy stands in every page, so that it holds on any web server and with none. A page has no
script, style or handler of its own, so what somebody brought into a text could not run as one.
"""

from markupsafe import Markup

POLICY = Markup(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""For `<meta http-equiv="Content-Security-Policy">`; `data:` is the empty icon of every page."""

HEADER = f"{POLICY}; frame-ancestors 'none'"
"""For a web server, which can also forbid that a page is shown inside somebody else's."""
