"""The CDK's own command line: pointed at the emulator, or at AWS with a person's own credentials."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from hookline.local.trouble import Trouble

ACCOUNT = "000000000000"
REGION = "us-east-1"
STAGE = "local"
STACK = f"hookline-{STAGE}"

COMMAND_SECONDS = 300

_LEASH = Path(__file__).with_name("leash.py")


def emulated(endpoint: str) -> dict[str, str]:
    """What points AWS tools at the emulator and keeps them from a person's own AWS account."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


class Cdk:
    """project: where app.py and node_modules are. folder: for the assembly and the logs, ours alone."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.assembly = folder / "cdk.out"
        self._project = project
        self._folder = folder
        self._program = _program(project)
        folder.mkdir(parents=True, exist_ok=True)
        # What a killed command left there would keep others away while its process id is in use.
        for lock in self.assembly.glob("*.lock"):
            lock.unlink()

    def synth(self, config: Path) -> "Command":
        """The template of stage `local`, into `assembly`. It needs no emulator."""
        context = ("-c", f"stage={STAGE}", "-c", f"config={config.resolve()}")
        return self._start(
            "synth", "--quiet", "--output", str(self.assembly), *context, cwd=self._project, variables={}
        )

    def bootstrap(self, endpoint: str) -> "Command":
        # Away from cdk.json, so that it does not synthesize the application a second time.
        environment = f"aws://{ACCOUNT}/{REGION}"
        return self._start("bootstrap", environment, cwd=self._folder, variables=emulated(endpoint))

    def deploy(self, endpoint: str) -> "Command":
        """What was synthesized."""
        options = ("--app", str(self.assembly), "--require-approval", "never")
        return self._start("deploy", STACK, *options, cwd=self._folder, variables=emulated(endpoint))

    def _start(self, name: str, *arguments: str, cwd: Path, variables: Mapping[str, str]) -> "Command":
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "CDK_"))}
        environment = {
            **kept,
            **variables,
            "PATH": _path(kept),
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_DISABLE_VERSION_CHECK": "true",
        }
        command = [str(self._program), name, *arguments, "--no-notices", "--no-color", "--ci"]
        return Command(f"cdk {name}", command, cwd, environment, self._folder / f"{name}.log")


def deploy_on_aws(
    project: Path,
    *,
    stage: str,
    config: Path,
    profile: str | None,
    region: str | None,
    arguments: Sequence[str],
) -> int:
    """`cdk deploy` on the terminal that we have, and its exit code. Raises Trouble without a CDK."""
    command = [str(_program(project)), "deploy", "-c", f"stage={stage}", "-c", f"config={config.resolve()}"]
    if profile:
        command += ["--profile", profile]
    environment = {**os.environ, "PATH": _path(os.environ), "CDK_DISABLE_CLI_TELEMETRY": "true"}
    if region:
        environment |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    process = subprocess.Popen([*command, *arguments], cwd=project, env=environment)  # noqa: S603
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The terminal told the CDK too, which is asked to end and says how that went.
            continue


def _program(project: Path) -> Path:
    program = project / "node_modules" / ".bin" / "cdk"
    if not program.exists():
        raise Trouble(f"the CDK is not installed ({program} is missing): run `make setup`")
    return program


def _path(variables: Mapping[str, str]) -> str:
    """The interpreter and the Node of this environment, whatever is activated."""
    return os.pathsep.join((str(Path(sys.executable).parent), variables.get("PATH", os.defpath)))


class Command:
    """A command that runs, with its output in `log`. Leaving the block ends it, and so does our own end."""

    def __init__(
        self, name: str, command: list[str], cwd: Path, environment: Mapping[str, str], log: Path
    ) -> None:
        self._name = name
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", str(_LEASH), *command],
                cwd=cwd,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A group of its own: it starts Python or Node, which have to end with it.
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def ended(self) -> bool:
        return self._process.poll() is not None

    def wait(self) -> None:
        """Raises Trouble with the line of its output that says what went wrong."""
        try:
            code = self._process.wait(COMMAND_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Trouble(f"{self._name} took longer than {COMMAND_SECONDS} s (log: {self._log})") from error
        if code:
            raise Trouble(
                f"{self._name} failed: {reason(self._log.read_text(errors='replace'))} (log: {self._log})"
            )


def reason(output: str) -> str:
    """The line of a failed command's output that says why."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    # Said in addition by the CDK, whatever the application said.
    telling = [line for line in lines if "Subprocess exited with error" not in line]
    for pattern in (r"(CREATE|UPDATE)_FAILED", r"(?i)\berror\b|\bfailed\b"):
        for line in telling:
            if re.search(pattern, line):
                return line
    return telling[-1] if telling else "it said nothing"
