"""Heroku. https://devcenter.heroku.com/articles/app-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="heroku",
    title="Heroku",
    confidence="docs",
    proof="Heroku Dev Center, App webhooks",
    docs="https://devcenter.heroku.com/articles/app-webhooks",
    schemes=(Hmac(header="Heroku-Webhook-Hmac-SHA256", encoding="base64"),),
    secret="the webhook's secret, shown once when it is added: heroku webhooks:add",
    id=("json:webhook_metadata.event.id",),
    id_signed=True,
    type=("json:webhook_metadata.event.include",),
    volatile=("webhook_metadata.attempt",),
    notes=("Webhooks of level notify are sent once, those of level sync until they succeed.",),
)
