"""python-telegram-bot's echo as its documentation has it: Application, its stock transport, polling."""

import os

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters


async def echo(update: Update, _context: CallbackContext) -> None:
    """Say it back."""
    await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until SIGTERM."""
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{os.environ['BOT_API_URL']}/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
