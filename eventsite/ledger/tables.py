"""The append-only record of who did what when. No free text of the public is in it."""

from piccolo.columns import Text, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id


class LedgerEntry(Table, tablename="ledger_entry"):
    """One deed: what (`deed`), to what (`subject`, `subject_id`), by whom (`actor`: an organiser's id, or a word)."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    at = Timestamptz(default=None, index=True)
    actor = Varchar(length=16)
    deed = Varchar(length=60)
    subject = Varchar(length=40)
    subject_id = Varchar(length=16, index=True)
    details = Text()
