"""npm. https://docs.npmjs.com/cli/commands/npm-hook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="npm",
    title="npm",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.npmjs.com/cli/commands/npm-hook",
    schemes=(Hmac(header="x-npm-signature", prefix="sha256="),),
    secret="the secret that you gave with `npm hook add`",
    type=("json:event",),
)
