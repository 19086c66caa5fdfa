"""Why a request that its provider did send is refused, and what to do about it."""

from enum import StrEnum


class Cause(StrEnum):
    """One mistake that people make; its code is what `hookline verify` prints."""

    KEY_WHITE_SPACE = "key_white_space"
    KEY_QUOTED = "key_quoted"
    KEY_PREFIX_KEPT = "key_prefix_kept"
    KEY_PREFIX_LOST = "key_prefix_lost"
    KEY_READING = "key_reading"
    KEY_ENCODED = "key_encoded"
    KEY_ESCAPED = "key_escaped"
    KEY_NEWLINE = "key_newline"
    KEY_CASE = "key_case"
    KEY_WRAPPED = "key_wrapped"
    KEY_FORMER = "key_former"
    KEY_RETIRED = "key_retired"
    KEY_OF_ANOTHER_SOURCE = "key_of_another_source"
    KEY_OF_ANOTHER_SCHEME = "key_of_another_scheme"
    KEY_SENT_ITSELF = "key_sent_itself"
    KEY_UNUSABLE = "key_unusable"
    ENCODING_OTHER = "encoding_other"
    HASH_OTHER = "hash_other"
    HEX_UPPER_CASE = "hex_upper_case"
    PREFIX_OTHER = "prefix_other"
    CONTENT_OTHER = "content_other"
    HEADER_DOUBLED = "header_doubled"
    HEADER_ALTERED = "header_altered"
    HEADER_RENAMED = "header_renamed"
    BODY_RESERIALISED = "body_reserialised"
    BODY_ESCAPED = "body_escaped"
    BODY_NEWLINE = "body_newline"
    BODY_LINE_ENDS = "body_line_ends"
    BODY_MARK = "body_mark"
    BODY_CHARSET = "body_charset"
    BODY_FORM_DECODED = "body_form_decoded"
    BODY_BASE64 = "body_base64"
    BODY_COMPRESSED = "body_compressed"
    BODY_CUT = "body_cut"
    BODY_GONE = "body_gone"
    URL_OTHER = "url_other"
    CLOCK_MILLISECONDS = "clock_milliseconds"
    CLOCK_ZONE = "clock_zone"
    CLOCK_SKEW = "clock_skew"
    HELD_BACK = "held_back"
    OTHER_PROVIDER = "other_provider"
    METHOD_NOT_ROUTED = "method_not_routed"


_AGAIN = "copy it again and set it with `hookline secrets set`"
_IN_VERIFY = (
    "Say so under `verify` of the source, which takes provider custom; for a known provider, see there"
)
_RAW = "has to pass the bytes on as they came: look at proxies, frameworks and middleware on the way"

_REMEDIES = {
    Cause.KEY_WHITE_SPACE: f"The key has white space at its ends: {_AGAIN}, which strips it.",
    Cause.KEY_QUOTED: f"The key still has its quotation marks: {_AGAIN}, without them.",
    Cause.KEY_PREFIX_KEPT: f"The key still has a prefix that is no part of it here: {_AGAIN}, without it.",
    Cause.KEY_PREFIX_LOST: f"The key has lost its prefix, which is part of it here: {_AGAIN}, with it.",
    Cause.KEY_READING: (
        "The sender signs with other bytes than the key's text stands for: for a custom source set "
        "`verify.key`; for a known provider see whether it shows the key in another form too."
    ),
    Cause.KEY_ENCODED: f"The key was encoded once more, as in a Kubernetes secret: {_AGAIN}, decoded.",
    Cause.KEY_ESCAPED: f"The key was copied from HTML, a URL or JSON, and is still escaped: {_AGAIN}.",
    Cause.KEY_NEWLINE: (
        "The sender's key ends with a newline, as `echo` leaves one: set it there again with `printf`."
    ),
    Cause.KEY_CASE: f"The key's letters are in another case: {_AGAIN}, as the provider shows it.",
    Cause.KEY_WRAPPED: f"The key is a whole JSON document that holds the key: {_AGAIN}, alone.",
    Cause.KEY_FORMER: (
        "It was signed with a former key that is still in force: the provider does not use the newest yet. "
        "Let it finish its rotation before you remove that key."
    ),
    Cause.KEY_RETIRED: (
        "It was signed with a former key that is no longer in force: set that key again until the provider "
        "uses the newest, then the newest once more."
    ),
    Cause.KEY_OF_ANOTHER_SOURCE: (
        "It was signed with another source's key: give each endpoint at the provider the URL of the source "
        "that has its key."
    ),
    Cause.KEY_OF_ANOTHER_SCHEME: (
        "The request is signed in another of the provider's ways than the one that the key is for: set the "
        "key that belongs to it, or have the provider sign in the other way."
    ),
    Cause.KEY_SENT_ITSELF: (
        "The sender signs nothing and sends the key itself: switch signing on there, or for a custom source "
        "use `verify: {scheme: token, …}` with that header."
    ),
    Cause.KEY_UNUSABLE: f"Nothing can be verified with it: {_AGAIN}, as `hookline providers show` says.",
    Cause.ENCODING_OTHER: f"The signature is written in another encoding. {_IN_VERIFY} how it is set up.",
    Cause.HASH_OTHER: f"The signature is made with another hash. {_IN_VERIFY} which one to choose.",
    Cause.HEX_UPPER_CASE: (
        "The signature is hex in upper case: something rewrites it on the way, or the sender has to write it "
        "in lower case."
    ),
    Cause.PREFIX_OTHER: f"Something else stands before the signature. {_IN_VERIFY} how it is set up.",
    Cause.CONTENT_OTHER: f"Something else is signed. {_IN_VERIFY} which version of signatures to choose.",
    Cause.HEADER_DOUBLED: "The header came twice: find the proxy that adds it once more.",
    Cause.HEADER_ALTERED: "The header was quoted or encoded on the way: find the proxy that rewrites it.",
    Cause.HEADER_RENAMED: (
        "The signature is right and stands in another header: find the proxy that renames it, or for a "
        "custom source set `verify.header`."
    ),
    Cause.BODY_RESERIALISED: f"The JSON was written anew on the way. Whatever did it {_RAW}.",
    Cause.BODY_ESCAPED: f"The JSON was escaped, or unescaped, on the way. Whatever did it {_RAW}.",
    Cause.BODY_NEWLINE: f"White space at its end was lost or added on the way. Whatever did it {_RAW}.",
    Cause.BODY_LINE_ENDS: f"The body's line ends were changed on the way. Whatever did it {_RAW}.",
    Cause.BODY_MARK: f"A byte order mark was added or lost on the way. Whatever did it {_RAW}.",
    Cause.BODY_CHARSET: f"The body was changed to another character set on the way. Whatever did it {_RAW}.",
    Cause.BODY_FORM_DECODED: f"The form was decoded on the way. Whatever did it {_RAW}.",
    Cause.BODY_BASE64: f"The body was put into base64, or out of it, on the way. Whatever did it {_RAW}.",
    Cause.BODY_COMPRESSED: f"The body was compressed, or unpacked, on the way. Whatever did it {_RAW}.",
    Cause.BODY_CUT: "The body is not as long as its header says: see what cut it, or how it was saved.",
    Cause.BODY_GONE: "There is no body: see what read it before it was passed on, or how it was saved.",
    Cause.URL_OTHER: (
        "It was signed for another URL: give the provider exactly the one that `hookline outputs` prints, "
        "and set `domain` or `public_url` if it calls another."
    ),
    Cause.CLOCK_MILLISECONDS: "The timestamp is in milliseconds: the sender has to write whole seconds.",
    Cause.CLOCK_ZONE: "The sender's clock is off by its time zone: it has to count seconds in UTC.",
    Cause.CLOCK_SKEW: "The sender's clock and ours differ: set the sender's by NTP, then send again.",
    Cause.HELD_BACK: (
        "The signature is right and old: if this is a saved request, say when it came with --now; else look "
        "for a proxy that holds requests back, or somebody who replays them."
    ),
    Cause.OTHER_PROVIDER: (
        "It is another provider's request: correct `provider` of the source, or the URL that was given to it."
    ),
    Cause.METHOD_NOT_ROUTED: (
        "The gateway has no route for this method and answers 404: have the provider use one that it has."
    ),
}


def remedy(cause: Cause) -> str:
    """One sentence or two that say what to do."""
    return _REMEDIES[cause]
