"""`eventsite retention`."""

from eventsite.cli.ready import with_ready_database


async def retention(*, dry_run: bool = False) -> None:
    """Delete what is past its date, as the privacy notice says. The worker does it daily too.

    Parameters
    ----------
    dry_run
        Only say what would go.
    """
    from eventsite.clock import utc_now
    from eventsite.self_service.retention import retention as end_what_is_past
    from eventsite.settings import load_settings

    secret = load_settings().secret_key
    counts = await with_ready_database(end_what_is_past(secret=secret, now=utc_now(), dry_run=dry_run))
    for table, count in counts.items():
        print(table, count, sep="\t")
    if not counts:
        print("Nothing is past its date.")
