"""Commands that run the product: the demonstration, the server, the renderer."""

from __future__ import annotations

import click

from healthcheck.cli.base import settings


@click.command()
def demo() -> None:
    """Create the database and a demonstration employer, and print its sign-ins.

    A second run changes nothing and prints the same sign-ins.

    \b
    Example: healthcheck demo
    """
    from healthcheck import bootstrap
    from healthcheck.services import demonstration

    config = settings()
    product = bootstrap.load(config)
    with product.context() as ctx:
        sign_ins = demonstration.prepare(ctx, config.data)
    click.echo("Demonstration sign-ins (the passwords were made up for this copy):")
    click.echo("")
    for each in sign_ins:
        click.echo(f"  {each.email:<36} {each.password}")
        click.echo(f"  {'':<36} {each.role}, {each.employer}")


@click.command()
@click.option("--host", help="The address to listen on, before HEALTHCHECK_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, before HEALTHCHECK_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until stopped with Ctrl+C.

    \b
    Example: healthcheck serve --port 8080
    """
    from healthcheck import bootstrap
    from healthcheck.web import server

    config = settings(HEALTHCHECK_HOST=host, HEALTHCHECK_PORT=port)
    bootstrap.load(config).close()
    click.echo(f"Employer Health Check is at http://{config.host}:{config.port} (Ctrl+C stops it)")
    server.serve(config)


@click.command(hidden=True)
def render() -> None:
    """Render waiting reports; the server starts this by itself.

    \b
    Example: healthcheck render
    """
    from healthcheck import bootstrap
    from healthcheck.services import rendering

    config = settings()
    rendering.run(bootstrap.load(config).context, config.renderer_lock)
