"""Commands for cron: queue the reminders that are due, send the messages that wait."""

from __future__ import annotations

import click

from healthcheck.cli.base import Refused, settings


@click.command()
def remind() -> None:
    """Queue the reminders due today: 28, 7 and 1 days before the deadline, weekly when overdue.

    Owners of actions are reminded 14 days and 1 day before an action is due, weekly when overdue
    and on the day it is to be reviewed: one message a day with all their actions. Leads are told
    of a cycle on the day it opens. Reports of an excessive caseload that were made without a name
    are passed on the day after, and late ones to the accountable officer. Nobody is told or
    reminded twice for the same reason, however often this runs. What was missed because it did not
    run is made up for within six days. `send-messages` sends what is queued; a running server does
    so by itself. Messages older than a year are removed, because they hold names and addresses.

    \b
    Example: healthcheck remind && healthcheck send-messages
    """
    from healthcheck import bootstrap
    from healthcheck.services import beginning, caseload_telling, plan_reminders, reminders
    from healthcheck.services import messages as service

    with bootstrap.load(settings()).context() as ctx:
        beginning.tell_of_opened(ctx)
        queued = reminders.remind(ctx)
        of_actions = plan_reminders.remind(ctx)
        of_caseloads = caseload_telling.remind(ctx)
        forgotten = service.forget_old(ctx)
    for each in queued:
        click.echo(f"{each.reference}: {each.when} ({each.people} to remind)")
    click.echo(f"Queued {sum(each.people for each in queued)} reminders.")
    if of_actions:
        actions = sum(each.actions for each in of_actions)
        click.echo(f"Queued {len(of_actions)} messages about {actions} actions.")
    if of_caseloads:
        click.echo(f"Queued {of_caseloads} messages about caseload reports.")
    if forgotten:
        click.echo(f"Removed {forgotten} messages older than a year.")


@click.command()
def send_messages() -> None:
    """Send the messages that wait, or write them to the outbox when there is no mail server.

    What cannot be sent waits, a little longer after each try, and is given up after nine. Ends
    with status 1 when a message could not be sent.

    \b
    Example: healthcheck send-messages
    """
    from healthcheck import bootstrap
    from healthcheck.services import sending

    product = bootstrap.load(settings())
    outcome = sending.send_waiting(product.context, product.post())
    if outcome.is_busy:
        click.echo("Another process is sending the messages.")
        return
    where = "Sent" if product.config.mail_server else "Wrote to the outbox:"
    click.echo(f"{where} {outcome.delivered} messages.")
    if outcome.not_delivered:
        raise Refused([f"{outcome.not_delivered} messages were not delivered:", *outcome.problems])
