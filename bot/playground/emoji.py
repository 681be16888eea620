"""The names of emoji that people use in such chats, and what they look like; other names are shown as they are."""

EMOJI = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "wave": "👋", "pray": "🙏", "clap": "👏",
    "raised_hands": "🙌", "ok_hand": "👌", "muscle": "💪", "point_up": "☝️", "point_down": "👇", "point_right": "👉",
    "smile": "😄", "smiley": "😃", "grinning": "😀", "grin": "😁", "laughing": "😆", "joy": "😂", "rofl": "🤣",
    "slightly_smiling_face": "🙂", "simple_smile": "🙂", "blush": "😊", "wink": "😉", "heart_eyes": "😍",
    "thinking_face": "🤔", "thinking": "🤔", "confused": "😕", "cry": "😢", "sob": "😭", "scream": "😱",
    "sweat_smile": "😅",
    "upside_down_face": "🙃", "sunglasses": "😎", "neutral_face": "😐", "shrug": "🤷", "facepalm": "🤦",
    "see_no_evil": "🙈",
    "eyes": "👀", "heart": "❤️", "broken_heart": "💔", "fire": "🔥", "tada": "🎉", "sparkles": "✨", "star": "⭐",
    "rocket": "🚀", "100": "💯", "zap": "⚡", "bulb": "💡", "boom": "💥", "coffee": "☕", "beer": "🍺", "cake": "🍰",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌", "warning": "⚠️",
    "no_entry": "⛔", "question": "❓", "grey_question": "❔", "exclamation": "❗", "bangbang": "‼️",
    "information_source": "ℹ️", "lock": "🔒", "key": "🔑", "mag": "🔍", "link": "🔗", "pushpin": "📌", "memo": "📝",
    "book": "📖", "books": "📚", "clipboard": "📋", "calendar": "📆", "clock1": "🕐", "hourglass": "⌛", "email": "✉️",
    "speech_balloon": "💬", "bell": "🔔", "mega": "📣", "wrench": "🔧", "hammer": "🔨", "gear": "⚙️", "bug": "🐛",
    "package": "📦", "computer": "💻", "whale": "🐳", "penguin": "🐧", "robot_face": "🤖", "crab": "🦀", "snake": "🐍",
    "earth_africa": "🌍", "sunny": "☀️", "cloud": "☁️", "umbrella": "☔", "snowflake": "❄️", "recycle": "♻️",
    "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️", "red_circle": "🔴",
    "large_green_circle": "🟢", "large_blue_circle": "🔵", "large_yellow_circle": "🟡",
}  # fmt: skip
"""Name without colons to characters."""
