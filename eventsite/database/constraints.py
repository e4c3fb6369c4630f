"""`ALTER TABLE ... ADD CONSTRAINT`, which SQLite does not know, said in words it does know.

A composite UNIQUE becomes a unique index. A CHECK becomes two triggers, one for INSERT and one for UPDATE. Both carry
the constraint's name, so that dropping finds them again.
"""

import re

_ADD = re.compile(r'\s*ALTER TABLE (?P<table>\S+) ADD CONSTRAINT "?(?P<name>\w+)"? (?P<rule>.+)', re.DOTALL)
_DROP = re.compile(r'\s*ALTER TABLE (?P<table>\S+) DROP CONSTRAINT (?:IF EXISTS )?"?(?P<name>\w+)"?\s*(?:CASCADE)?\s*')
_UNIQUE = re.compile(r"UNIQUE (?P<strict>NULLS NOT DISTINCT )?(?P<columns>\(.+\))", re.DOTALL)
_CHECK = re.compile(r"CHECK \((?P<condition>.+)\)\s*", re.DOTALL)
_WORD = re.compile(r"""'(?:[^']|'')*'|"\w+"|\b[A-Za-z_]\w*\b(?!\s*\()""")


def translate(ddl: str, columns: dict[str, list[str]]) -> list[str]:
    """The statements that do on SQLite what `ddl` asks for: itself, unless it is about a constraint.

    `columns` maps a table's name to its column names (needed for CHECK only). Raises `ValueError` for a constraint that
    has no counterpart.
    """
    if added := _ADD.fullmatch(ddl):
        table = added["table"].strip('"')
        return _added(table, added["name"], added["rule"], columns.get(table, []))
    if dropped := _DROP.fullmatch(ddl):
        return _dropped(dropped["name"])
    return [ddl]


def table_of(ddl: str) -> str | None:
    """The table a CHECK is being added to, or None for any other statement."""
    added = _ADD.fullmatch(ddl)
    return added["table"].strip('"') if added and _CHECK.fullmatch(added["rule"]) else None


def _added(table: str, name: str, rule: str, columns: list[str]) -> list[str]:
    if unique := _UNIQUE.fullmatch(rule.strip()):
        if unique["strict"]:
            raise ValueError("SQLite always counts NULLs as distinct.")
        return [f'CREATE UNIQUE INDEX "{name}" ON "{table}" {unique["columns"]}']
    if check := _CHECK.fullmatch(rule.strip()):
        condition = _of_new_row(check["condition"], columns)
        return [_trigger(table, name, condition, verb) for verb in ("INSERT", "UPDATE")]
    raise ValueError(f"SQLite has no counterpart for the constraint {name}: {rule}")


def _trigger(table: str, name: str, condition: str, verb: str) -> str:
    # A CHECK whose condition is NULL holds, so the trigger must ask for plain falsehood.
    return (
        f'CREATE TRIGGER "{name}_{verb.lower()}" BEFORE {verb} ON "{table}" WHEN ({condition}) IS FALSE '
        f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END"
    )


def _of_new_row(condition: str, columns: list[str]) -> str:
    def named(word: re.Match[str]) -> str:
        bare = word[0].strip('"')
        return f'NEW."{bare}"' if bare in columns and not word[0].startswith("'") else word[0]

    return _WORD.sub(named, condition)


def _dropped(name: str) -> list[str]:
    return [
        f'DROP INDEX IF EXISTS "{name}"',
        f'DROP TRIGGER IF EXISTS "{name}_insert"',
        f'DROP TRIGGER IF EXISTS "{name}_update"',
    ]
