"""Block quotations with a speaker: a last line `— Name` becomes the caption of a figure."""

from collections.abc import Sequence

from markdown_it.token import Token

DASH = "—"
_LONGEST_CAPTION = 300


def with_figures(tokens: Sequence[Token]) -> list[Token]:
    """The same block tokens, each block quotation whose last line begins with a dash made a figure with a caption."""
    result: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.type == "blockquote_open":
            opened.append(len(result))
        result.append(token)
        if token.type == "blockquote_close":
            start = opened.pop()
            result[start:] = _as_figure(result[start:])
    return result


def _as_figure(quotation: list[Token]) -> list[Token]:
    if len(quotation) < 5 or quotation[-2].type != "paragraph_close":
        return quotation
    children = quotation[-3].children or []
    start = _caption_start(children)
    if start is None or (start == 0 and len(quotation) == 5):
        return quotation
    said, caption = children[: max(start - 1, 0)], children[start:]
    paragraph = [quotation[-4], _inline(said), quotation[-2]] if said else []
    return [
        Token("figure_open", "figure", 1, block=True, attrs={"class": "quotation"}),
        *quotation[:-4], *paragraph, quotation[-1],
        Token("figcaption_open", "figcaption", 1, block=True),
        _inline(caption),
        Token("figcaption_close", "figcaption", -1, block=True),
        Token("figure_close", "figure", -1, block=True),
    ]  # fmt: skip


def _caption_start(children: Sequence[Token]) -> int | None:
    """Where the last line begins, if it is a caption: a dash, then a name, not longer than a name with its post is."""
    breaks = [at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak") and child.level == 0]
    start = breaks[-1] + 1 if breaks else 0
    text = "".join(child.content for child in children[start:])
    is_caption = text.startswith(DASH) and bool(text.strip(f"{DASH} ")) and len(text) <= _LONGEST_CAPTION
    return start if is_caption else None


def _inline(children: Sequence[Token]) -> Token:
    return Token("inline", "", 0, children=list(children), content="".join(child.content for child in children))
