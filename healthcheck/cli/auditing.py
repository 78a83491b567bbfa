"""The command that looks through the record for anything that was changed or taken out."""

from __future__ import annotations

import click

from healthcheck.cli.base import settings, stop_on


@click.command()
def audit() -> None:
    """Check that nothing recorded was changed or taken out.

    Looks at the chain of events, at every version with its PDF, and at every file. Ends with
    status 1 and names the first break when anything does not fit. Keep the last line elsewhere:
    it shows later whether the end of the chain was cut off.

    \b
    Example: healthcheck audit
    """
    from healthcheck import bootstrap
    from healthcheck.services import audit as service

    product = bootstrap.load(settings())
    with product.context() as ctx:
        found = service.audit(ctx)
    product.close()
    faults = list(found.faults)
    if found.first_break is not None:
        faults.insert(
            0,
            f"The chain of events breaks at event {found.first_break}: it, or one before it, was"
            " changed or taken out.",
        )
    stop_on(faults)
    click.echo(
        f"Nothing was changed or taken out. Events: {found.events:,}. Versions:"
        f" {found.versions:,}. Files: {found.files:,}."
    )
    click.echo(f"The last event is {found.events}, with the hash {found.last_hash}.")
