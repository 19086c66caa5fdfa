// Signs as GitHub does: the secret is the argument, the body comes on standard input, the signature goes out.
import { text } from "node:stream/consumers";
import { Webhooks } from "@octokit/webhooks";

const webhooks = new Webhooks({ secret: process.argv[2] });
process.stdout.write(await webhooks.sign(await text(process.stdin)));
