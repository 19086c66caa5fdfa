"""The providers that Hookline knows, one literal a module; `custom` is described in hookline.yaml instead."""

from gateway.providers.discord import DISCORD
from gateway.providers.discord_events import DISCORD_EVENTS
from gateway.providers.github import GITHUB
from gateway.providers.gitlab import GITLAB
from gateway.providers.schema import Provider
from gateway.providers.sendgrid import SENDGRID
from gateway.providers.shopify import SHOPIFY
from gateway.providers.slack import SLACK
from gateway.providers.standard_webhooks import STANDARD_WEBHOOKS
from gateway.providers.stripe import STRIPE
from gateway.providers.twilio import TWILIO

PROVIDERS: dict[str, Provider] = {
    provider.name: provider
    for provider in (
        STRIPE,
        GITHUB,
        GITLAB,
        SHOPIFY,
        SLACK,
        TWILIO,
        STANDARD_WEBHOOKS,
        DISCORD,
        DISCORD_EVENTS,
        SENDGRID,
    )
}
