"""What a person can do about a refusal: stands beside the reason in the log."""

from gateway.verification.outcome import Reason

_IF_SENT = "If the provider did send this, "

_REMEDIES = {
    Reason.SIGNATURE_MISSING: (
        f"{_IF_SENT}switch signing on there and see that no proxy drops the header; where there are several "
        "ways of signing, set the key that belongs to the one in use."
    ),
    Reason.SIGNATURE_MALFORMED: (
        f"{_IF_SENT}check that the source names the right provider, or for a custom one that header, prefix, "
        "encoding and fields under `verify` are the sender's."
    ),
    Reason.SIGNATURE_MISMATCH: (
        f"{_IF_SENT}copy its current secret again with `hookline secrets set`, and take in what was refused "
        "meanwhile with `hookline rejected reverify`; if the secret is right, see that "
        "nothing on the way changes the body, and where the URL is signed that the provider calls exactly "
        "the URL that Hookline prints."
    ),
    Reason.TIMESTAMP_MISSING: (
        f"{_IF_SENT}see that no proxy drops the timestamp's header, and for a custom source that `verify` "
        "names it as the sender does."
    ),
    Reason.TIMESTAMP_MALFORMED: (
        "The timestamp is not written as the source says: check the sender, and for a custom source "
        "`timestamp_unit` and what else `verify` names."
    ),
    Reason.TIMESTAMP_STALE: (
        "The signature is authentic but old: look for a proxy that holds requests back, or for somebody who "
        "replays them, and have the provider send the event again."
    ),
    Reason.TIMESTAMP_FUTURE: (
        "The signature is authentic but the sender's clock is ahead of ours: set that clock, then send again."
    ),
    Reason.ID_MISSING: (
        "The signature covers an id that the request does not have: see that no proxy drops its header."
    ),
    Reason.BODY_MALFORMED: "The body could not be read as its headers say: look at what the sender sends.",
    Reason.BODY_UNSIGNED: (
        "Only form bodies are signed here: have the sender send a form, or put the body's hash into the URL."
    ),
    Reason.BODY_TOO_LARGE: (
        "The body is larger than can be taken: have the provider send less with each event, or fewer at once."
    ),
    Reason.HANDSHAKE_REFUSED: (
        "If you are setting the webhook up at the provider: its verify token is set with `hookline secrets "
        "set SOURCE --name NAME`, and a key that it hands over is taken while the source says "
        "`enrolment: open`."
    ),
    Reason.ADDRESS_REFUSED: (
        f"{_IF_SENT}it has new addresses: look them up there and add their range to the source's "
        "`allow_from`; nothing of the request was looked at, or kept."
    ),
    Reason.DRAINING: (
        "The source is about to be removed and takes nothing more: remove the URL at the provider, then the "
        "source's entry in hookline.yaml."
    ),
}


def remedy(reason: Reason) -> str:
    """One sentence that says what to do."""
    return _REMEDIES[reason]
