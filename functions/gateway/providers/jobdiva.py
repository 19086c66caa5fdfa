"""JobDiva. https://www.jobdiva.com/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="jobdiva",
    title="JobDiva",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://www.jobdiva.com/",
    schemes=(Hmac(header="X-Hub-Signature", hash="sha1", prefix="sha1="),),
    secret="the secret that JobDiva's support sets for the webhook",
    type=("json:type+json:operation",),
)
