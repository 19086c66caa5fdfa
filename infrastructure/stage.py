"""What differs between one stage and another: all of it is decided here or passed in by app.py.

The emulator that `make up` runs gets the same template as AWS, but for what it cannot take:

- It listens on plain HTTP, so policies that refuse anything but TLS would refuse every call (`tls_only`).
- It has no X-Ray (`traced`).
- With its checks of permissions on, it refuses the bootstrap's publishing role its own bucket, so the stack
  is deployed with the caller's credentials (`synthesizer`).
- It runs functions on the host's own Python and processor, so packages with compiled parts are those of the
  host (`platform`). The CDK's function that empties a bucket before it goes would need Node there
  (`empties_buckets`); stopping the emulator removes everything anyway.
- It refuses alarms over more than one metric or over a query (`computes_alarms`) and saved queries of the log
  (`saves_queries`), and it reaches nobody by mail, Slack or PagerDuty (`notifies`).
- No domain name points to it, and it has no certificate (`serves_domains`): it is reached at its own URL.
"""

from dataclasses import dataclass
from typing import Literal

from aws_cdk import (
    CliCredentialsStackSynthesizer,
    DefaultStackSynthesizer,
    IStackSynthesizer,
    RemovalPolicy,
)
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

Architecture = Literal["arm64", "x86_64"]

# Lambda's Python 3.12 and later run on Amazon Linux 2023, whose glibc is 2.34.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_PLATFORMS: dict[Architecture, str] = {
    "arm64": "aarch64-manylinux_2_28",
    "x86_64": "x86_64-manylinux_2_28",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """name: the dimension of all metrics and part of the stack's and the secrets' names.

    python: `3.13`. keeps_data: what holds data outlives its stack or its entry in hookline.yaml, and tables
    can be restored to any second. emulated: deployed into the emulator.
    """

    name: str
    architecture: Architecture
    python: str
    keeps_data: bool = False
    emulated: bool = False

    @property
    def stack_name(self) -> str:
        return f"hookline-{self.name}"

    @property
    def secrets_prefix(self) -> str:
        return f"hookline/{self.name}/"

    @property
    def platform(self) -> str | None:
        """Which wheels its functions need, in uv's words; None: the host's."""
        return None if self.emulated else _PLATFORMS[self.architecture]

    @property
    def runtime(self) -> lambda_.Runtime:
        return lambda_.Runtime(f"python{self.python}", lambda_.RuntimeFamily.PYTHON)

    @property
    def lambda_architecture(self) -> lambda_.Architecture:
        return lambda_.Architecture.ARM_64 if self.architecture == "arm64" else lambda_.Architecture.X86_64

    @property
    def removal_policy(self) -> RemovalPolicy:
        return RemovalPolicy.RETAIN if self.keeps_data else RemovalPolicy.DESTROY

    @property
    def log_retention(self) -> logs.RetentionDays:
        return logs.RetentionDays.THREE_MONTHS if self.keeps_data else logs.RetentionDays.ONE_WEEK

    @property
    def synthesizer(self) -> IStackSynthesizer:
        return CliCredentialsStackSynthesizer() if self.emulated else DefaultStackSynthesizer()

    @property
    def tls_only(self) -> bool:
        return not self.emulated

    @property
    def traced(self) -> bool:
        return not self.emulated

    @property
    def computes_alarms(self) -> bool:
        return not self.emulated

    @property
    def saves_queries(self) -> bool:
        return not self.emulated

    @property
    def notifies(self) -> bool:
        return not self.emulated

    @property
    def serves_domains(self) -> bool:
        return not self.emulated

    @property
    def empties_buckets(self) -> bool:
        return not self.keeps_data and not self.emulated
