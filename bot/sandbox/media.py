"""The contents of messages that are not text, as people send them: shapes only, the files hold a few bytes."""

import base64
from collections.abc import Callable

from bot.sandbox.methods import document_object
from bot.sandbox.state import Json, Person, State

_Maker = Callable[[State, Person, Json], Json]


def media_content(state: State, person: Person, given: Json) -> Json:
    """The content of a message of ``given["kind"]``. Raises ValueError when there is no such kind."""
    kind = given.get("kind")
    if kind not in _MAKERS:
        raise ValueError(f"kind must be one of: {', '.join(_MAKERS)}")
    content = _MAKERS[kind](state, person, given)
    if given.get("caption") and kind in _WITH_CAPTION:
        content["caption"] = str(given["caption"])
    return content


def location_content(given: Json) -> Json:
    """The content of a message with a place. Raises ValueError when it is nowhere on Earth."""
    latitude, longitude = float(given["latitude"]), float(given["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitude must be within ±90, longitude within ±180")
    return {"location": {"latitude": latitude, "longitude": longitude}}


def _file(state: State, name: str, mime_type: str, folder: str, content: bytes = b"sandbox") -> Json:
    file = state.add_file(name, mime_type, content, folder)
    return document_object(file)


def _bare_file(state: State, name: str, mime_type: str, folder: str) -> Json:
    """As `_file`, for kinds that carry no file name."""
    described = _file(state, name, mime_type, folder)
    del described["file_name"]
    return described


def _sticker(state: State, _person: Person, _given: Json) -> Json:
    described = _bare_file(state, "sticker.webp", "image/webp", "stickers")
    del described["mime_type"]
    size = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": {**described, "type": "regular", "emoji": "🙂", **size}}


def _photo(state: State, _person: Person, _given: Json) -> Json:
    sizes = []
    for width, height in ((90, 67), (320, 240), (1280, 960)):
        described = _bare_file(state, "photo.jpg", "image/jpeg", "photos")
        del described["mime_type"]
        sizes.append({**described, "width": width, "height": height})
    return {"photo": sizes}


def _voice(state: State, _person: Person, _given: Json) -> Json:
    return {"voice": {**_bare_file(state, "voice.oga", "audio/ogg", "voice"), "duration": 7}}


def _video(state: State, _person: Person, _given: Json) -> Json:
    described = _file(state, "video.mp4", "video/mp4", "videos")
    return {"video": {**described, "width": 640, "height": 360, "duration": 5}}


def _video_note(state: State, _person: Person, _given: Json) -> Json:
    described = _bare_file(state, "note.mp4", "video/mp4", "video_notes")
    del described["mime_type"]
    return {"video_note": {**described, "length": 240, "duration": 5}}


def _audio(state: State, _person: Person, _given: Json) -> Json:
    return {"audio": {**_file(state, "song.mp3", "audio/mpeg", "music"), "duration": 60}}


def _animation(state: State, _person: Person, _given: Json) -> Json:
    described = _file(state, "animation.mp4", "video/mp4", "animations")
    animation = {**described, "width": 320, "height": 240, "duration": 3}
    return {"animation": animation, "document": described}


def _document(state: State, _person: Person, given: Json) -> Json:
    name = str(given.get("filename") or "notes.txt")
    content = str(given.get("content") or "sandbox").encode()
    if "content_base64" in given:
        content = base64.b64decode(str(given["content_base64"]))  # its errors are ValueErrors
    return {"document": _file(state, name, "text/plain", "documents", content)}


def _contact(_state: State, person: Person, _given: Json) -> Json:
    return {
        "contact": {
            "phone_number": "+15550100",
            "first_name": person.user["first_name"],
            "user_id": person.id,
        }
    }


def _poll(state: State, _person: Person, _given: Json) -> Json:
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0}
        for number, text in enumerate(("Yes", "No"))
    ]
    return {
        "poll": {
            "id": str(state.timestamp()),
            "question": "Ready?",
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def _dice(_state: State, _person: Person, _given: Json) -> Json:
    return {"dice": {"emoji": "🎲", "value": 4}}


_MAKERS: dict[str, _Maker] = {
    "sticker": _sticker,
    "photo": _photo,
    "voice": _voice,
    "video": _video,
    "video_note": _video_note,
    "audio": _audio,
    "animation": _animation,
    "document": _document,
    "contact": _contact,
    "poll": _poll,
    "dice": _dice,
}
_WITH_CAPTION = frozenset({"photo", "voice", "video", "audio", "animation", "document"})
