"""Azure DevOps service hooks.

https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks
"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="azure-devops",
    title="Azure DevOps service hooks",
    confidence="docs",
    proof="Azure DevOps documentation, Webhooks",
    docs="https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks",
    schemes=(Basic(),),
    secret=(
        "user:password, as you enter them: Azure DevOps > Project settings > Service hooks > the subscription"
    ),
    id=("json:id",),
    type=("json:eventType",),
    notes=(
        "`id` is of one event and one subscription.",
        "The password authenticates the caller, not the body.",
    ),
)
