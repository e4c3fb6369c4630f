"""Pages of long lists, counted from 1."""

from starlette.requests import Request


def page_number(request: Request, last: int) -> int:
    """The page asked for by `?page=`: one that is not there becomes the nearest one that is."""
    said = request.query_params.get("page", "")
    return min(max(int(said), 1), last) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def last_page(count: int, length: int) -> int:
    """The number of the last page of a list, which is 1 for an empty one."""
    return max(1, -(-count // length))
