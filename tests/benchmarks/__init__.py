"""How fast the site is, beside a bare Starlette route doing the same work in the same run. Nothing is asserted."""
