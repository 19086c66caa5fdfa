// A keyed hash of the body alone.

const header = (name, value) => ({ headers: { [name]: value } });

const SHOPIFY = {
  verify: async ({ key, text, method, url, headers }) => {
    await import("@shopify/shopify-api/adapters/node");
    const { shopifyApi, ApiVersion } = await import("@shopify/shopify-api");
    const shopify = shopifyApi({
      apiKey: "key",
      apiSecretKey: key,
      apiVersion: Object.values(ApiVersion).at(-1),
      hostName: "hooks.example.com",
      isEmbeddedApp: true,
      logger: { level: 0 },
    });
    const rawRequest = { method, url, headers };
    const { valid } = await shopify.webhooks.validate({ rawBody: text, rawRequest, rawResponse: {} });
    return valid;
  },
};

export const BODY = {
  "@octokit/webhooks": {
    sign: async ({ key, text }) => {
      const { Webhooks } = await import("@octokit/webhooks");
      return header("x-hub-signature-256", await new Webhooks({ secret: key }).sign(text));
    },
    verify: async ({ key, text, headers }) => {
      const { Webhooks } = await import("@octokit/webhooks");
      return new Webhooks({ secret: key }).verify(text, headers["x-hub-signature-256"]);
    },
  },
  "@octokit/webhooks-methods": {
    sign: async ({ key, text }) => {
      const { sign } = await import("@octokit/webhooks-methods");
      return header("x-hub-signature-256", await sign(key, text));
    },
    verify: async ({ key, text, headers }) => {
      const { verify } = await import("@octokit/webhooks-methods");
      return verify(key, text, headers["x-hub-signature-256"]);
    },
  },
  "@shopify/shopify-api": SHOPIFY,
  "@shopify/shopify-api X-Shopify": SHOPIFY,
  "@adyen/api-library adyen-platform": {
    verify: async ({ key, text, headers }) => {
      const { hmacValidator: HmacValidator } = await import("@adyen/api-library");
      return new HmacValidator().validateHMACSignature(key, headers.hmacsignature, text);
    },
  },
  "@line/bot-sdk": {
    verify: async ({ key, body, headers }) => {
      const { validateSignature } = await import("@line/bot-sdk");
      return validateSignature(body, key, headers["x-line-signature"]);
    },
  },
  razorpay: {
    verify: async ({ key, text, headers }) => {
      const { default: Razorpay } = await import("razorpay");
      return Razorpay.validateWebhookSignature(text, headers["x-razorpay-signature"], key);
    },
  },
  "@easypost/api": {
    verify: async ({ key, body, headers }) => {
      const { default: EasyPost } = await import("@easypost/api");
      return new EasyPost("key").Utils.validateWebhook(body, headers, key);
    },
  },
  "gocardless-nodejs": {
    verify: async ({ key, body, headers }) => {
      const { verifySignature } = await import("gocardless-nodejs/webhooks");
      verifySignature(body, key, headers["webhook-signature"]);
      return true;
    },
  },
  "@onfido/api": {
    verify: async ({ key, body, headers }) => {
      const { WebhookEventVerifier } = await import("@onfido/api");
      return new WebhookEventVerifier(key).readPayload(body, headers["x-sha2-signature"]);
    },
  },
  "@linear/sdk": {
    verify: async ({ key, body, headers }) => {
      const { LinearWebhookClient } = await import("@linear/sdk/webhooks");
      return new LinearWebhookClient(key).verify(body, headers["linear-signature"]);
    },
  },
  "@notionhq/client": {
    sign: async ({ key, body }) => {
      const { signWebhookPayload } = await import("@notionhq/client");
      return header("x-notion-signature", await signWebhookPayload({ body, verificationToken: key }));
    },
    verify: async ({ key, body, headers }) => {
      const { verifyWebhookSignature } = await import("@notionhq/client");
      return verifyWebhookSignature({ body, signature: headers["x-notion-signature"], verificationToken: key });
    },
  },
  "modern-treasury": {
    sign: async ({ key, text }) => {
      const { default: ModernTreasury } = await import("modern-treasury");
      const { webhooks } = new ModernTreasury({ organizationID: "id", apiKey: "key" });
      return header("x-signature", webhooks.getSignature(text, { key }));
    },
    verify: async ({ key, text, headers }) => {
      const { default: ModernTreasury } = await import("modern-treasury");
      const { webhooks } = new ModernTreasury({ organizationID: "id", apiKey: "key" });
      return webhooks.validateSignature(text, headers, { key });
    },
  },
  "@nangohq/node": {
    verify: async ({ key, text, headers }) => {
      const { Nango } = await import("@nangohq/node");
      return new Nango({ secretKey: key }).verifyIncomingWebhookRequest(text, headers);
    },
  },
  pusher: {
    verify: async ({ key, text, headers }) => {
      const { default: Pusher } = await import("pusher");
      const pusher = new Pusher({ appId: "1", key: key.key, secret: key.secret, cluster: "eu" });
      return pusher.webhook({ headers, rawBody: text }).isValid();
    },
  },
  "coinbase-commerce-node": {
    verify: async ({ key, text, headers }) => {
      const { default: coinbase } = await import("coinbase-commerce-node");
      return coinbase.Webhook.verifySigHeader(text, headers["x-cc-webhook-signature"], key);
    },
  },
  "@unit-finance/unit-node-sdk": {
    verify: async ({ key, text, headers }) => {
      const { Webhooks } = await import("@unit-finance/unit-node-sdk");
      const webhooks = new Webhooks("token", "https://api.unit.example");
      return webhooks.verify(headers["x-unit-signature"], key, JSON.parse(text));
    },
  },
  smartcar: {
    verify: async ({ key, text, headers }) => {
      const { default: smartcar } = await import("smartcar");
      return smartcar.verifyPayload(key, headers["sc-signature"], JSON.parse(text));
    },
  },
  "connect-sdk-nodejs": {
    verify: async ({ key, body, headers }) => {
      const { default: validation } = await import("connect-sdk-nodejs/lib/webhooks/validation.js");
      const getSecretKey = async (id) => (id === key.id ? key.secret : Promise.reject(new Error(`no key ${id}`)));
      await validation.newSignatureValidator({ getSecretKey }).validate(body, headers);
      return true;
    },
  },
  "@hookdeck/sdk": {
    verify: async ({ key, text, headers }) => {
      const { verifyWebhookSignature } = await import("@hookdeck/sdk/webhooks/helpers.js");
      const { isValidSignature } = await verifyWebhookSignature({ headers, rawBody: text, signingSecret: key });
      return isValidSignature;
    },
  },
  "@commercelayer/sdk-utils": {
    verify: async ({ key, text, headers }) => {
      const { webhooks } = await import("@commercelayer/sdk-utils");
      // Its names of headers are in their own case.
      const written = { ...headers, "X-CommerceLayer-Signature": headers["x-commercelayer-signature"] };
      const { ok, message } = webhooks.checkSignature(text, written, key);
      if (!ok) throw new Error(message);
      return true;
    },
  },
  "@solidgate/node-sdk": {
    // It has but the one signature, which its webhooks bear too.
    sign: async ({ key, text, headers }) => {
      const { default: solidgate } = await import("@solidgate/node-sdk");
      return header("signature", new solidgate.Api(headers.merchant, key)._generateSignature(text));
    },
  },
  chargebee: {
    verify: async ({ key, headers }) => {
      const { basicAuthValidator } = await import("chargebee");
      const [user, ...rest] = key.split(":");
      const given = (name, password) => name === user && password === rest.join(":");
      await basicAuthValidator(given)(headers);
      return true;
    },
  },
};
