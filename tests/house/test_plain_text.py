"""What people wrote goes through `plain` on its way to anything that reads Markdown."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.canary import free_text

ROOT = Path(__file__).parents[2]
READS_MARKDOWN = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander",
    "form_submit_button", "header", "info", "link_button", "markdown", "metric", "popover",
    "radio", "subheader", "success", "tabs", "text_area", "text_input", "title", "toast",
    "toggle", "warning", "write",
}  # fmt: skip
PEOPLES = {column.name for column in free_text()} | {"label", "organisation_name", "says", "said"}
OURS = {"self.title", "field.title", "FrameForm.model_fields['lists'].description"}
"""What the program itself says: the title of a page, of a field, what it is for."""


def test_no_text_of_a_record_goes_unescaped_to_what_reads_markdown() -> None:
    assert list(unescaped()) == []


def unescaped() -> Iterator[str]:
    """Yield where a text that people write is handed to Streamlit as it is."""
    for folder in ("inspect_app/ui", "pages"):
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and drawn(node) and node.args:
                    for text in bare(node.args[0]):
                        yield f"{path.name}:{node.lineno} {text}"


def drawn(call: ast.Call) -> bool:
    """Whether a call draws something of Streamlit's that reads Markdown."""
    named = call.func
    return (
        isinstance(named, ast.Attribute)
        and named.attr in READS_MARKDOWN
        and (isinstance(named.value, ast.Name | ast.Subscript))
    )


def bare(node: ast.expr) -> Iterator[str]:
    """Yield the free texts of an expression that are not inside a call."""
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.Attribute) and node.attr in PEOPLES:
        named = ast.unparse(node)
        yield from [] if named in OURS else [named]
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from bare(child)


def test_the_rule_finds_what_it_is_for() -> None:
    said = "st.info(f'{held.title}: {plain(held.summary)} {held.code}')"
    call = ast.parse(said, mode="eval").body
    assert isinstance(call, ast.Call)
    assert drawn(call)
    assert list(bare(call.args[0])) == ["held.title"]
