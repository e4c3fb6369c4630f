"""What the web keeps: how often somebody did something lately."""

from piccolo.columns import Integer, Timestamptz, Varchar
from piccolo.table import Table

from eventsite.database.ids import new_id


class ThrottleBucket(Table, tablename="throttle_bucket"):
    """How many times a key (a keyed digest, never an address) was used in the window that ends at `ends_at`."""

    id = Varchar(length=16, primary_key=True, default=new_id)
    key = Varchar(length=80, unique=True)
    used = Integer(default=0)
    ends_at = Timestamptz(default=None)
