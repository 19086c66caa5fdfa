"""Telegram Bot API. https://core.telegram.org/bots/api#setwebhook"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="telegram",
    title="Telegram Bot API",
    confidence="docs",
    proof="Telegram Bot API, setWebhook",
    docs="https://core.telegram.org/bots/api#setwebhook",
    schemes=(Token(header="X-Telegram-Bot-Api-Secret-Token"),),
    secret="the secret_token that you send with setWebhook: 1 to 256 letters, digits, _ and -",
    id=("json:update_id",),
    type=(
        "has:message",
        "has:edited_message",
        "has:channel_post",
        "has:edited_channel_post",
        "has:business_connection",
        "has:business_message",
        "has:edited_business_message",
        "has:deleted_business_messages",
        "has:message_reaction",
        "has:message_reaction_count",
        "has:inline_query",
        "has:chosen_inline_result",
        "has:callback_query",
        "has:shipping_query",
        "has:pre_checkout_query",
        "has:purchased_paid_media",
        "has:poll",
        "has:poll_answer",
        "has:my_chat_member",
        "has:chat_member",
        "has:chat_join_request",
        "has:chat_boost",
        "has:removed_chat_boost",
    ),
    notes=(
        "The answer stays empty: Telegram would take JSON in it for a call of the bot's.",
        "Telegram calls the ports 443, 80, 88 and 8443 alone.",
        "The token authenticates the caller, not the body.",
    ),
)
