"""`hookline up`: a gateway on this machine, shown at work, until Ctrl-C."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hookline.local import state
from hookline.local.cdk import STACK
from hookline.local.demo import HERE, Sent, demonstrate, takes_ours
from hookline.local.facts import Facts
from hookline.local.gateway import LocalGateway, Plan, local_gateway
from hookline.local.steps import Steps
from hookline.local.tail import follow
from hookline.local.trouble import Trouble

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked us to end: everything that was started is stopped on the way out."""


def up(plan: Plan, steps: Steps) -> None:
    """Returns at Ctrl-C, SIGTERM or SIGHUP. Raises Trouble, ConfigurationError."""
    with _signals_stop_us():
        try:
            _run(plan, steps)
        except Stopped:
            steps.say("\nstopped; nothing is left running")


def _run(plan: Plan, steps: Steps) -> None:
    steps.say("Hookline on this machine")
    with local_gateway(plan, steps) as gateway:
        facts = Facts(gateway.deployed.client("logs"), gateway.deployed.log_groups.values())
        takers = sum(map(takes_ours, gateway.sources.values()))
        with steps.step(f"send one signed request to each of {takers} sources"):
            sent = demonstrate(gateway, facts)
        _tell(gateway, sent, steps)
        state.write(
            plan.folder,
            state.Running(
                endpoint=gateway.emulator.endpoint,
                pid=os.getpid(),
                port=gateway.emulator.port,
                stack=STACK,
                config=str(plan.config.resolve()),
            ),
        )
        try:
            gateway.deployment.wait()
            follow(facts, steps, running=lambda: not gateway.emulator.exited())
        finally:
            state.remove(plan.folder)
        raise Trouble(f"the emulator ended by itself (log: {gateway.emulator.log})")


def _tell(gateway: LocalGateway, sent: list[Sent], steps: Steps) -> None:
    width = max(map(len, gateway.sources))
    steps.say("\nWhat happened to each")
    for one in sent:
        well = one.answered.status < 300 and one.story.well
        mark = steps.green("✓") if well else steps.red("✗")
        queued = "".join(f", {name}: in its queue" for name in one.queued)
        steps.say(f"  {mark} {one.source:<{width}}  {one.answered.status} {one.story.outcome()}{queued}")
    for name in sorted(gateway.sources.keys() - {one.source for one in sent}):
        why = (
            f"no sample to send: `hookline send {name} --body FILE`"
            if takes_ours(gateway.sources[name])
            else f"nothing sent: {HERE} is in no range of its allow_from"
        )
        steps.say(f"    {name:<{width}}  {why}")
    deployed = gateway.deployed
    steps.say(f"\nBase URL  {deployed.base_url}")
    for name, path in deployed.paths.items():
        steps.say(f"  {name:<{width}}  {deployed.base_url}{path}")
    example = sent[0].source if sent else next(iter(deployed.paths))
    steps.say("\nGo on in another terminal, from this folder, with .venv activated:")
    steps.say(f"  hookline send {example}            another event, signed as its provider would")
    steps.say(f"  hookline send {example} --same-id  the same one again: a duplicate")
    steps.say("  hookline outputs --json        URLs and resource names")
    steps.say(f"\nEvents as they come, until Ctrl-C {steps.dim(f'(log: {gateway.emulator.log})')}")


@contextmanager
def _signals_stop_us() -> Iterator[None]:
    """Whatever asks us to end unwinds what was begun, so that nothing is left behind."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    former = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
