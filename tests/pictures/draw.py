"""Draws the README’s pictures anew from the demonstration; run it with .venv/bin/python.

It needs Chromium and Poppler's pdftoppm, and writes results.png and report.png beside this file.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from healthcheck import bootstrap, config
from healthcheck.reports import html, pdf
from healthcheck.services import accounts, assessments, demonstration, reports
from healthcheck.web.app import create_app

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1000, 1180
SUMMARY_PAGE = 3
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


def main() -> None:
    """Draw both pictures."""
    with TemporaryDirectory() as folder:
        product = bootstrap.load(config.read({"HEALTHCHECK_DATA": folder}))
        with product.context() as ctx:
            lead = demonstration.prepare(ctx, Path(folder))[0]
            token = accounts.sign_in(ctx, lead.email, lead.password)
            person = accounts.person_for(ctx, token)
            found = max(
                assessments.mine(replace(ctx, person=person)),
                key=lambda each: each.assessment.revision,
            )
        report = Path(folder) / "report.pdf"
        report.write_bytes(pdf.render(html.page(reports.results(found))))
        draw = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-f", str(SUMMARY_PAGE)]
        subprocess.run([*draw, report, HERE / "report"], check=True)
        server = make_server("127.0.0.1", 0, create_app(product), threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.port}"
        chromium = which("chromium-headless-shell") or which("chromium")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(f"{address}/sign-in")
            page.get_by_label("Email address").fill(lead.email)
            page.get_by_label("Password", exact=True).fill(lead.password)
            page.get_by_role("button", name=re.compile("^Sign in")).click()
            page.goto(f"{address}/assessments/{found.assessment.id}/results")
            page.screenshot(path=HERE / "results.png")
            browser.close()
        server.shutdown()
        product.close()


if __name__ == "__main__":
    main()
