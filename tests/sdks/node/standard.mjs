// Standard Webhooks, and what is made like it.

export const STANDARD = {
  svix: {
    sign: async ({ key, text, now }) => {
      const { Webhook } = await import("svix");
      return signed("svix", new Webhook(key).sign("msg_1", new Date(now * 1000), text), now);
    },
    verify: async ({ key, text, headers }) => {
      const { Webhook } = await import("svix");
      new Webhook(key).verify(text, headers);
      return true;
    },
  },
  standardwebhooks: {
    sign: async ({ key, text, now }) => {
      const { Webhook } = await import("standardwebhooks");
      return signed("webhook", new Webhook(key).sign("msg_1", new Date(now * 1000), text), now);
    },
    verify: async ({ key, body, headers }) => {
      const { Webhook } = await import("standardwebhooks");
      new Webhook(key).verify(body, headers, { jsonParse: false });
      return true;
    },
  },
  "@polar-sh/sdk": {
    verify: async ({ key, body, headers }) => {
      const { webhooks } = await import("@polar-sh/sdk/2026-04");
      try {
        return await webhooks.validateEvent(body, headers, key);
      } catch (error) {
        // It looks at the type after the signature.
        if (error.name === "PolarWebhookUnknownTypeError") return true;
        throw error;
      }
    },
  },
  resend: {
    verify: async ({ key, text, headers }) => {
      const { Resend } = await import("resend");
      const { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature } = headers;
      const { webhooks } = new Resend("key");
      return webhooks.verify({ payload: text, headers: { id, timestamp, signature }, webhookSecret: key });
    },
  },
  replicate: {
    verify: async ({ key, text, headers }) => {
      const { validateWebhook } = await import("replicate");
      const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
      return validateWebhook({ id, timestamp, signature, body: text, secret: key });
    },
  },
  lithic: {
    verify: async ({ key, text, headers }) => {
      const { default: Lithic } = await import("lithic");
      new Lithic({ apiKey: "key" }).webhooks.verifySignature(text, headers, key);
      return true;
    },
  },
  "@tryfinch/finch-api": {
    verify: async ({ key, text, headers }) => {
      const { default: Finch } = await import("@tryfinch/finch-api");
      new Finch({ accessToken: "token" }).webhooks.verifySignature(text, headers, key);
      return true;
    },
  },
  "@clerk/backend": {
    verify: async ({ key, body, url, headers }) => {
      const { verifyWebhook } = await import("@clerk/backend/webhooks");
      return verifyWebhook(new Request(url, { method: "POST", headers, body }), { signingSecret: key });
    },
  },
  dodopayments: {
    verify: async ({ key, text, headers }) => {
      const { default: DodoPayments } = await import("dodopayments");
      return new DodoPayments({ bearerToken: "token" }).webhooks.unwrap(text, { headers, key });
    },
  },
};

const signed = (name, signature, now) => ({
  headers: { [`${name}-id`]: "msg_1", [`${name}-timestamp`]: String(now), [`${name}-signature`]: signature },
});
