// No SDK reaches the network: what one would fetch is what the test publishes, and nothing else is there.
import https from "node:https";
import { Socket } from "node:net";
import { Readable } from "node:stream";

const published = new Map();

export const publish = (url, text) => published.set(url, text);

const found = (url) => {
  const text = published.get(String(url));
  if (text === undefined) throw new Error(`nothing is published at ${url}`);
  return text;
};

export const unplug = () => {
  globalThis.fetch = async (url) => new Response(found(url), { headers: { "content-type": "application/json" } });
  https.get = (url, receive) => {
    receive(Object.assign(Readable.from([found(url)]), { statusCode: 200 }));
    return new Readable({ read() {} });
  };
  // Whatever else would open a connection.
  Socket.prototype.connect = () => {
    throw new Error("there is no network");
  };
};
