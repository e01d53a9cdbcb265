"""Every sentence of the public site, read from its templates and code, beside its translation.

`python -m tests.support.catalogue` brings the Welsh catalogue up to date with them: new sentences
come in without a translation, and those that nobody says any more go.
"""

from collections.abc import Iterator
from io import BytesIO

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from inspect_app.publishing import language
from inspect_app.publishing.page import HERE

WELSH = language.LOCALE / "cy" / "LC_MESSAGES" / f"{language.DOMAIN}.po"
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "ngettext": (1, 2), "later": None, "later_count": (1, 2)}
HEADER = """\
# The Welsh of the public site of a release. Its keys are the English; the plural forms are CLDR's.
# Nobody who speaks Welsh at work in child protection has read it yet. Begin with the sentences
# marked “i'w adolygu” (to be reviewed), and take the mark away from those that you have read.
msgid ""
msgstr ""
"Language: cy\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def said() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Yield every sentence of the site, and the file it stands in."""
    found = extract_from_dir(HERE, METHODS, keywords=KEYWORDS)
    for place, _line, message, _comments, _context in found:
        yield message, place


def template() -> Catalog:
    """Return a catalogue of every sentence, none of them translated."""
    made = Catalog(locale="cy", domain=language.DOMAIN)
    for message, place in sorted(said(), key=lambda each: (each[1], str(each[0]))):
        made.add(message, locations=[(place, None)])  # type: ignore[list-item]
    return made


def welsh() -> Catalog:
    """Return the Welsh catalogue as it stands."""
    with WELSH.open("rb") as held:
        return read_po(held, locale="cy")


def updated() -> str:
    """Return the Welsh catalogue brought up to date, as its file would hold it."""
    held, made = welsh(), template()
    for message in made:
        old = held.get(message.id) if message.id else None
        if old:
            message.string = old.string
            message.user_comments = old.user_comments
    return written(made)


def written(catalogue: Catalog) -> str:
    """Return a catalogue as its file holds it: nothing in it but words, and no date."""
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + out.getvalue().decode()


if __name__ == "__main__":
    WELSH.write_text(updated(), encoding="utf-8")
