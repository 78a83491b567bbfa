"""The command that writes the small files with which a system runs an installation.

Written from the settings in force, so that paths, ports and names in them agree with each other.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from healthcheck.cli.base import Refused, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.config import Config

SETTINGS_FILE = "/etc/healthcheck.env"

SYSTEMD = """\
# /etc/systemd/system/healthcheck.service
[Unit]
Description=Employer Health Check
After=network.target

[Service]
User=$user
EnvironmentFile=$settings_file
ExecStart="$command" serve
Restart=on-failure
RestartSec=5
KillMode=mixed
TimeoutStopSec=90
UMask=0077

# It may write to its data folder and nowhere else, and become nobody else.
ProtectSystem=strict
ReadWritePaths="$data"
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
NoNewPrivileges=yes
CapabilityBoundingSet=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""

NGINX = """\
# /etc/nginx/conf.d/healthcheck.conf
server {
    listen 80;
    listen [::]:80;
    server_name $name;
    return 301 https://$$host$$request_uri;
}
server {
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name $name;
    ssl_certificate /etc/ssl/healthcheck/fullchain.pem;
    ssl_certificate_key /etc/ssl/healthcheck/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;

    client_max_body_size ${room}m;
    location / {
        proxy_pass http://$address;
        proxy_set_header Host $$host;
        proxy_set_header X-Forwarded-Host $$host;
        proxy_set_header X-Forwarded-Proto $$scheme;
        proxy_set_header X-Forwarded-For $$remote_addr;
        proxy_set_header X-Request-ID $$request_id;
        proxy_read_timeout 90s;
    }
}
"""

LITESTREAM = """\
# /etc/litestream.yml
dbs:
  - path: "$database"
    replica:
      type: file
      path: /mnt/replica/healthcheck
"""

CRON = """\
# /etc/cron.d/healthcheck; what is printed is mailed, the audit's last line with it
MAILTO=root
SETTINGS=$settings_file
RUN="$command"
BACKUPS="$backups"
0 7 * * * $user set -a; . $$SETTINGS; "$$RUN" remind >/dev/null
*/5 * * * * $user set -a; . $$SETTINGS; "$$RUN" send-messages >/dev/null
30 2 * * * $user set -a; . $$SETTINGS; "$$RUN" backup "$$BACKUPS/$$(date +\\%F).sqlite3" >/dev/null
45 2 * * * $user set -a; . $$SETTINGS; "$$RUN" audit
50 2 * * * $user find "$$BACKUPS" -name '*.sqlite3' -mtime +30 -delete
"""
FILES: Mapping[str, str] = {
    "systemd": SYSTEMD,
    "nginx": NGINX,
    "litestream": LITESTREAM,
    "cron": CRON,
}
NOT_HTTPS = (
    "HEALTHCHECK_SITE is not an https address. Name the one people will use, such as"
    " https://healthcheck.example.org."
)


@click.command()
@click.argument("what", type=click.Choice(["settings", *FILES]))
@click.option("--user", default="healthcheck", show_default=True, help="Who runs the server.")
def deployment(what: str, user: str) -> None:
    """Print a file that runs this installation for real, made from the settings in force.

    settings is the file of settings the others read; systemd, nginx, litestream and cron are
    theirs. Look through each, and put it where its first line says.

    \b
    Example: healthcheck deployment systemd | sudo tee /etc/systemd/system/healthcheck.service
    """
    from healthcheck.web.form_requests import ROOM_FOR_FILES, ROOM_FOR_FORMS

    config = settings()
    if what == "settings":
        click.echo(_settings(config), nl=False)
        return
    room = (ROOM_FOR_FILES + ROOM_FOR_FORMS) >> 20
    click.echo(
        Template(FILES[what]).substitute({**_names(config, user), "room": str(room)}), nl=False
    )


def _settings(config: Config) -> str:
    """Return the settings in force, as a file that both systemd and a shell read."""
    given = {name: value for name, value in config.environment().items() if value}
    lines = [f"{name}={shlex.quote(value)}" for name, value in given.items()]
    return "\n".join([f"# {SETTINGS_FILE}", *lines, ""])


def _names(config: Config, user: str) -> Mapping[str, str]:
    site = urlsplit(config.site)
    if site.scheme != "https":
        raise Refused([NOT_HTTPS])
    host = f"[{config.host}]" if ":" in config.host else config.host
    return {
        "user": user,
        "settings_file": SETTINGS_FILE,
        "command": str(Path(sys.prefix) / "bin" / "healthcheck"),
        "data": str(config.data),
        "database": str(config.database),
        "backups": str(config.data.with_name(f"{config.data.name}-backups")),
        "name": site.hostname or "",
        "address": f"{host}:{config.port}",
    }
