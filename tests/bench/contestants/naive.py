"""The daily bot most people write: ConversationHandler, PicklePersistence, one job for each person.

It follows python-telegram-bot's own examples (conversationbot, persistentconversationbot, timerbot) as they stand.
People set themselves up with `/time HH:MM:SS`; that is kept in their user data, and the jobs are made again from it at
start, for jobs are not persisted.
"""

import datetime
import os

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

PARTS = ("Situation", "Task", "Action", "Result")
QUESTION = "Tell me about a time when you failed at something. What did you learn?"

Context = ContextTypes.DEFAULT_TYPE


async def ask(context: Context) -> None:
    """Send the daily question."""
    await context.bot.send_message(context.job.chat_id, QUESTION)


def schedule(application: Application, chat_id: int, at: str) -> None:
    """Make a person's job."""
    moment = datetime.time.fromisoformat(at).replace(tzinfo=datetime.UTC)
    application.job_queue.run_daily(ask, moment, chat_id=chat_id, name=str(chat_id))


async def set_time(update: Update, context: Context) -> None:
    """Choose the time of the daily question."""
    context.user_data["at"] = context.args[0]
    for job in context.job_queue.get_jobs_by_name(str(update.effective_chat.id)):
        job.schedule_removal()
    schedule(context.application, update.effective_chat.id, context.args[0])
    await update.message.reply_text("Set.")


async def begin(update: Update, context: Context) -> int:
    """The first part comes with the first text."""
    return await take(update, context, 0)


async def take(update: Update, context: Context, index: int) -> int:
    """Keep one part and ask for the next."""
    context.user_data.setdefault("draft", {})[PARTS[index]] = update.message.text
    if index + 1 < len(PARTS):
        await update.message.reply_text(f"Step {index + 2}/4: {PARTS[index + 1]}")
        return index + 1
    context.user_data.setdefault("answers", []).append(context.user_data.pop("draft"))
    await update.message.reply_text("Thank you. Your answer is kept.")
    return ConversationHandler.END


def _taker(index: int) -> MessageHandler:
    async def handle(update: Update, context: Context) -> int:
        return await take(update, context, index)

    return MessageHandler(filters.TEXT & ~filters.COMMAND, handle)


async def restore(application: Application) -> None:
    """Make the jobs again."""
    for chat_id, data in application.user_data.items():
        if "at" in data:
            schedule(application, chat_id, data["at"])


def main() -> None:
    """Run until SIGTERM."""
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{os.environ['BOT_API_URL']}/bot")
        .persistence(PicklePersistence(os.environ.get("PICKLE", "naive.pickle")))
        .post_init(restore)
        .build()
    )
    application.add_handler(CommandHandler("time", set_time))
    application.add_handler(
        ConversationHandler(
            entry_points=[MessageHandler(filters.TEXT & ~filters.COMMAND, begin)],
            states={index: [_taker(index)] for index in range(1, len(PARTS))},
            fallbacks=[],
            name="answer",
            persistent=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main()
