"""Quoter. https://help.quoter.com/hc/en-us/articles/32085871955355-Webhooks"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="quoter",
    title="Quoter",
    confidence="registry",
    proof="one open registry",
    docs="https://help.quoter.com/hc/en-us/articles/32085871955355-Webhooks",
    schemes=(
        Fields(
            signature="form:hash",
            content="{key}{form:timestamp}{form:data}",
            hash="md5",
            keyed=False,
            timestamp="form:timestamp",
            tolerance=300,
        ),
    ),
    secret="the webhook's hash key: Quoter > Settings > Integrations > Webhooks",
    notes=("A plain MD5, the weakest of all schemes: keep the source's path unguessable.",),
)
