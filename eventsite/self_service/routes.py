"""Where people see what is held on them."""

from starlette.routing import BaseRoute

PUBLIC: list[BaseRoute] = []
