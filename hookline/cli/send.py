"""hookline send"""

import secrets
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from gateway.catalog import Source
from gateway.verification import verifying_key
from hookline.cli.reach import configured, gateway_options, reach
from hookline.config.mistakes import unknown
from hookline.config.schema import Configuration
from hookline.deployed import Deployed
from hookline.local import keys, state
from hookline.local.trouble import Trouble
from hookline.samples import Sample, fresh, samples
from hookline.sender import choose, post, signed


@click.command()
@click.argument("source")
@click.argument("event", required=False)
@click.option(
    "--body",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Send the bytes of this file in place of the sample's.",
)
@click.option("--url", help="Post to this base URL, such as a tunnel's; what is signed stays the public one.")
@click.option("--same-id", is_flag=True, help="With the id that was sent last: a duplicate.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="If not ./hookline.yaml.")
@gateway_options
def send(
    source: str,
    event: str | None,
    body: Path | None,
    url: str | None,
    same_id: bool,
    config: Path | None,
    stack: str | None,
    profile: str | None,
    region: str | None,
) -> None:
    """Sign a request as SOURCE's provider would, and send it to the gateway.

    EVENT names one of the provider's samples in events/; without it, one that a subscriber asks for is taken.

    \b
    Examples: hookline send stripe payment_intent.succeeded
              hookline send github push --body push.json --stack hookline-dev
    """
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise click.BadParameter(f"{url!r} is no http:// or https:// URL", param_hint="--url")
    deployed = reach(stack, profile, region)
    known, configuration = configured(source, deployed, config)
    sample = _sample(known, configuration, event, body)
    identifier = (state.last_sent(state.FOLDER, source) if same_id else None) or secrets.token_hex(8)
    if body is None:
        sample = fresh(sample, known, identifier)
    try:
        request = signed(
            known,
            sample,
            _key(known, deployed),
            public_url=deployed.public_url,
            now=time.time(),
            identifier=identifier,
        )
    except ValueError as error:
        raise Trouble(f"{source!r} cannot be signed for: {error}") from error
    began = time.monotonic()
    answered = post(request, (url or deployed.base_url).rstrip("/"))
    took = (time.monotonic() - began) * 1000
    state.note_sent(state.FOLDER, source, identifier)
    click.echo(f"{answered.status} in {took:.0f} ms  {sample.provider} {sample.name} to {source}")
    if answered.body:
        click.echo(answered.body.decode(errors="replace"))
    if answered.status >= 300:
        raise SystemExit(1)


def _sample(source: Source, configuration: Configuration, event: str | None, body: Path | None) -> Sample:
    known = samples().get(source.provider, {})
    if event is not None and event not in known:
        raise Trouble(unknown(f"sample in events/{source.provider}/", event, known))
    sample = known[event] if event else choose(source, known, configuration)
    if body is None:
        if sample is None:
            raise Trouble(f"events/{source.provider}/ has no sample: name a file with --body")
        return sample
    if sample is None:
        sample = Sample(
            provider=source.provider,
            name=body.name,
            description="",
            method=source.methods[0],
            query="",
            headers={},
            content_type="application/json",
            body=b"",
        )
    return replace(sample, body=body.read_bytes())


def _key(source: Source, deployed: Deployed) -> str | None:
    """What to sign with: the newest key, or the private half of one where keys are public."""
    if source.unverified:
        return None
    active = deployed.keyring(source.name).keys()
    if not active:
        raise Trouble(f"no key is set for {source.name!r}: set one with `hookline secrets set {source.name}`")
    own = keys.read(state.FOLDER).get(source.name)
    candidates = [active[0], *([own.signing] if own else [])]
    for candidate in candidates:
        if _verifying(source, candidate) in active:
            return candidate
    raise Trouble(
        f"{source.name!r} verifies with a public key, whose private half only its provider has: "
        "send to the gateway that runs here, for which there is a development key"
    )


def _verifying(source: Source, key: str) -> str | None:
    try:
        return verifying_key(source.schemes, key)
    except ValueError:
        return None
