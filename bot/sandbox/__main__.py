"""Runs the stand-in by itself: ``python -m bot.sandbox --port 8081``. Prints its address in one line, then serves."""

import argparse
import asyncio
import sys

from bot.sandbox.errors import SandboxError
from bot.sandbox.limits import Limits
from bot.sandbox.parameters import Parameters
from bot.sandbox.server import TOKEN, Sandbox


async def _serve(options: argparse.Namespace) -> None:
    sandbox = Sandbox(
        token=options.token,
        limits=None if options.no_limits else Limits(),
        history_limit=options.history_limit,
    )
    await sandbox.start(options.host, options.port)
    if options.webhook:
        await sandbox.webhook.set(
            Parameters({"url": options.webhook, "secret_token": options.webhook_secret})
        )
    sys.stdout.write(f"sandbox {sandbox.url} token {sandbox.token}\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


def main() -> int:
    """Serve until interrupted; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A local stand-in for Telegram."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--webhook", default="", help="deliver updates to this address from the start")
    parser.add_argument("--webhook-secret", default="")
    parser.add_argument("--no-limits", action="store_true", help="no flood limits, for load runs")
    parser.add_argument("--history-limit", type=int, default=None, help="messages kept in each chat")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
