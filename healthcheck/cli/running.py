"""Commands that run the product: demonstration, server, renderer, backup and restore."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import FILE, TO_WRITE, settings

if TYPE_CHECKING:
    from pathlib import Path

SECONDS_TO_MAKE_READY = 10.0
"""How long the server may spend, before it starts, on sums of workload that an upgrade outdated."""


@click.command()
def demo() -> None:
    """Create the database and a made-up country in it, and print its sign-ins.

    A second run changes nothing and prints the same sign-ins. A database that has employers of its
    own is left alone.

    \b
    Example: healthcheck demo
    """
    from healthcheck import bootstrap
    from healthcheck.services import demonstration

    config = settings()
    product = bootstrap.load(config)
    with product.context() as ctx:
        sign_ins = demonstration.prepare(ctx, config.data)
    if not sign_ins:
        click.echo("This database has employers of its own, so no demonstration was loaded.")
        return
    click.echo("Demonstration sign-ins (the passwords were made up for this copy):")
    for role, group in groupby(sign_ins, key=attrgetter("role")):
        click.echo(f"\n{role}")
        for each in group:
            click.echo(f"  {each.email:<32} {each.password}")
            click.echo(f"      {each.name}, {each.employer}: {each.look}")
    click.echo("")


@click.command()
@click.option("--host", help="The address to listen on, before HEALTHCHECK_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, before HEALTHCHECK_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until stopped with Ctrl+C.

    \b
    Example: healthcheck serve --port 8080
    """
    from healthcheck import bootstrap
    from healthcheck.services import workload_sums
    from healthcheck.web import server

    config = settings(HEALTHCHECK_HOST=host, HEALTHCHECK_PORT=port)
    with closing(bootstrap.load(config)) as product, product.context() as ctx:
        workload_sums.make_ready(ctx, SECONDS_TO_MAKE_READY)
    click.echo(f"Employer Health Check is at http://{config.host}:{config.port} (Ctrl+C stops it)")
    server.serve(config)


@click.command()
@click.argument("file", type=TO_WRITE)
def backup(file: Path) -> None:
    """Copy everything into one FILE, while the server runs.

    \b
    Example: healthcheck backup /srv/backups/2027-01-31.sqlite3
    """
    from healthcheck.storage import backups

    backups.backup(settings().database, file)
    click.echo(f"Wrote {file} ({file.stat().st_size // 1000:,} kB).")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Move the present database aside first.")
def restore(file: Path, *, replace: bool) -> None:
    """Put a copy made by `backup` in place. Stop the server first.

    The copy is checked before anything changes. A database that is there already is only moved
    aside, and only with --replace.

    \b
    Example: healthcheck restore /srv/backups/2027-01-31.sqlite3 --replace
    """
    from healthcheck.storage import backups

    kept = backups.restore(file, settings().database, replace=replace)
    click.echo(f"Restored {file}.")
    if kept is not None:
        click.echo(f"The database that was there is now {kept}.")


@click.command(hidden=True)
def render() -> None:
    """Render waiting reports, and have waiting messages sent; the server starts this by itself.

    \b
    Example: healthcheck render
    """
    from healthcheck import bootstrap
    from healthcheck.services import logs, rendering

    config = settings()
    logs.set_up(config.log)
    product = bootstrap.load(config)
    rendering.run(product.context, config.renderer_lock, look_after=bootstrap.Sender().look)
