// A keyed hash of the body and the moment at which it was signed.

const header = (name, value) => ({ headers: { [name]: value } });

export const TIMESTAMPED = {
  stripe: {
    sign: async ({ key, text, now }) => {
      const { default: Stripe } = await import("stripe");
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: text, secret: key, timestamp: now });
      return header("stripe-signature", signature);
    },
    verify: async ({ key, body, headers }) => {
      const { default: Stripe } = await import("stripe");
      return Stripe.webhooks.constructEvent(body, headers["stripe-signature"], key);
    },
  },
  "@paddle/paddle-node-sdk": {
    verify: async ({ key, text, headers }) => {
      const { Paddle } = await import("@paddle/paddle-node-sdk");
      return new Paddle("key").webhooks.isSignatureValid(text, key, headers["paddle-signature"]);
    },
  },
  "@mux/mux-node": {
    verify: async ({ key, text, headers }) => {
      const { default: Mux } = await import("@mux/mux-node");
      const { webhooks } = new Mux({ tokenId: "id", tokenSecret: "secret" });
      await webhooks.verifySignature(text, headers, key);
      return true;
    },
  },
  "@workos-inc/node": {
    sign: async ({ key, text, now }) => {
      const { webhooks } = await workos();
      const signature = await webhooks.computeSignature(String(now * 1000), text, key);
      return header("workos-signature", `t=${now * 1000}, v1=${signature}`);
    },
    verify: async ({ key, text, headers }) => {
      const { webhooks } = await workos();
      return webhooks.verifyHeader({ payload: text, sigHeader: headers["workos-signature"], secret: key });
    },
  },
  "@contentful/node-apps-toolkit": {
    sign: async ({ key, method, url, headers, text, now }) => {
      const { signRequest } = await import("@contentful/node-apps-toolkit");
      const { pathname, search } = new URL(url);
      return { headers: signRequest(key, { method, path: pathname + search, headers, body: text }, now * 1000) };
    },
    verify: async ({ key, method, url, headers, text }) => {
      const { verifyRequest } = await import("@contentful/node-apps-toolkit");
      const { pathname, search } = new URL(url);
      return verifyRequest(key, { method, path: pathname + search, headers, body: text });
    },
  },
  "webflow-api": {
    verify: async ({ key, text, headers }) => {
      const { WebflowClient } = await import("webflow-api");
      const { webhooks } = new WebflowClient({ accessToken: "token" });
      return webhooks.verifySignature({ headers, body: text, secret: key });
    },
  },
  "@hygraph/utils": {
    sign: async ({ key, text }) => {
      const { generateWebhookSignature } = await import("@hygraph/utils");
      return header("gcms-signature", generateWebhookSignature({ rawPayload: text, secret: key }));
    },
    verify: async ({ key, text, headers }) => {
      const { verifyWebhookSignature } = await import("@hygraph/utils");
      return verifyWebhookSignature({ rawPayload: text, signature: headers["gcms-signature"], secret: key });
    },
  },
  "@sanity/webhook": {
    sign: async ({ key, text, now }) => {
      const { encodeSignatureHeader } = await import("@sanity/webhook");
      return header("sanity-webhook-signature", await encodeSignatureHeader(text, now * 1000, key));
    },
    verify: async ({ key, body, headers }) => {
      const { isValidRequest } = await import("@sanity/webhook");
      return isValidRequest({ body, headers }, key);
    },
  },
  "@slack/bolt": { verify: async (asked) => bolt(asked) },
  "@slack/bolt with a form": { verify: async (asked) => bolt(asked) },
  "retell-sdk": {
    sign: async ({ key, text }) => {
      const { sign } = await import("retell-sdk");
      return header("x-retell-signature", await sign(text, key));
    },
    verify: async ({ key, text, headers }) => {
      const { verify } = await import("retell-sdk");
      return verify(text, key, headers["x-retell-signature"]);
    },
  },
  "orb-billing": {
    verify: async ({ key, text, headers }) => {
      const { default: Orb } = await import("orb-billing");
      new Orb({ apiKey: "key" }).webhooks.verifySignature(text, headers, key);
      return true;
    },
  },
  "@metronome/sdk": {
    verify: async ({ key, text, headers }) => {
      const { default: Metronome } = await import("@metronome/sdk");
      new Metronome({ bearerToken: "token" }).webhooks.verifySignature(text, headers, key);
      return true;
    },
  },
  "customerio-node": {
    verify: async ({ key, body, headers }) => {
      const { verifyRequestSignature } = await import("customerio-node");
      const [timestamp, signature] = [headers["x-cio-timestamp"], headers["x-cio-signature"]];
      return verifyRequestSignature({ signingSecret: key, timestamp, signature, body });
    },
  },
  "@zoom/rivet": {
    verify: async ({ key, text, headers }) => {
      const { AwsLambdaReceiver } = await import("@zoom/rivet/meetings");
      const receive = new AwsLambdaReceiver({ webhooksSecretToken: key }).start();
      const { statusCode } = await receive({ body: text, headers, isBase64Encoded: false }, {});
      return statusCode === 200;
    },
  },
  "crisp-api": {
    verify: async ({ key, text, headers }) => {
      crisp ??= await listeningCrisp();
      const [timestamp, signature] = [headers["x-crisp-request-timestamp"], headers["x-crisp-signature"]];
      return crisp.verifyHook(key, JSON.parse(text), timestamp, signature);
    },
  },
  "@team-plain/typescript-sdk": {
    verify: async ({ key, text, headers }) => {
      const { verifyPlainWebhook } = await import("@team-plain/typescript-sdk");
      const { error } = verifyPlainWebhook(text, headers["plain-request-signature"], key);
      if (error) throw error;
      return true;
    },
  },
  "hook0-client": {
    verify: async ({ key, body, headers }) => {
      const { verifyWebhookSignature } = await import("hook0-client");
      return verifyWebhookSignature(headers["x-hook0-signature"], body, new Headers(headers), key, 300);
    },
  },
  cloudinary: {
    verify: async (asked) => cloudinary("sha1", asked),
  },
  "cloudinary cloudinary-sha256": {
    verify: async (asked) => cloudinary("sha256", asked),
  },
};

const SILENT = Object.fromEntries(
  ["debug", "info", "warn", "error", "setLevel", "getLevel", "setName"].map((name) => [name, () => {}]),
);

const bolt = async ({ key, text, headers }) => {
  const { AwsLambdaReceiver } = await import("@slack/bolt");
  const receive = new AwsLambdaReceiver({ signingSecret: key, logger: SILENT }).toHandler();
  // Without an app nobody handles what is authentic: 404.
  const { statusCode } = await receive({ body: text, headers, isBase64Encoded: false, path: "/" }, {}, () => {});
  return statusCode === 404 || statusCode === 200;
};

let crisp;

// It verifies nothing before somebody listens, and takes its time until then.
const listeningCrisp = async () => {
  const { Crisp } = await import("crisp-api");
  const client = new Crisp();
  client.setRtmMode(Crisp.RTM_MODES.WebHooks);
  await client.on("message:send", () => {});
  return client;
};

const workos = async () => {
  const { WorkOS } = await import("@workos-inc/node");
  return new WorkOS("key");
};

const cloudinary = async (algorithm, { key, text, headers }) => {
  const { v2 } = await import("cloudinary");
  v2.config({ api_secret: key, signature_algorithm: algorithm });
  const [timestamp, signature] = [headers["x-cld-timestamp"], headers["x-cld-signature"]];
  return v2.utils.verifyNotificationSignature(text, timestamp, signature);
};
