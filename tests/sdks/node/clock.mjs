// The SDKs' clock stands at the moment that the test names.
const Clock = Date;
let moment = 0;

globalThis.Date = new Proxy(Clock, {
  construct: (_, parts) => new Clock(...(parts.length ? parts : [moment])),
  apply: () => new Clock(moment).toString(),
  get: (_, name) => (name === "now" ? () => moment : Clock[name]),
});

export const at = (seconds) => {
  moment = seconds * 1000;
};
