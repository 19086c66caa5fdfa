// Answers what tests/conformance/oracle.py asks: one JSON object on a line, and one on a line back.
import { Console } from "node:console";
import { createInterface } from "node:readline";
import { at } from "./clock.mjs";
import { unplug } from "./network.mjs";
import { BODY } from "./body.mjs";
import { FIELDS } from "./fields.mjs";
import { FORMS } from "./forms.mjs";
import { HANDSHAKES } from "./handshakes.mjs";
import { PUBLIC_KEYS } from "./public_keys.mjs";
import { STANDARD } from "./standard.mjs";
import { TIMESTAMPED } from "./timestamped.mjs";
import { TOKENS } from "./tokens.mjs";

// By the SDK's name: {sign, verify, answer}, any of which may be missing. They import their SDK when they are asked.
const SDKS = { ...BODY, ...TIMESTAMPED, ...STANDARD, ...FIELDS, ...FORMS, ...TOKENS, ...PUBLIC_KEYS, ...HANDSHAKES };

// Some of them write to standard output, which is ours.
globalThis.console = new Console(process.stderr, process.stderr);
unplug();

const answer = async ({ sdk, do: what, key, now, request }) => {
  const does = SDKS[sdk]?.[what];
  if (!does) return { error: `no ${sdk} that can ${what}` };
  const body = Buffer.from(request.body, "base64");
  const asked = { ...request, key, now, body, text: body.toString("utf8") };
  at(now);
  if (what !== "verify") return await does(asked);
  try {
    return { accepted: Boolean(await does(asked)), why: "" };
  } catch (error) {
    // Ours, not a refusal of the SDK's.
    if (error?.code === "ERR_MODULE_NOT_FOUND" || error?.code === "MODULE_NOT_FOUND") throw error;
    return { accepted: false, why: `${error?.name}: ${error?.message}` };
  }
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const said = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.stack ?? error) }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
process.exit(0);
