// Signatures that are verified with a public key.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const PUBLIC_KEYS = {
  "@sendgrid/eventwebhook": {
    verify: async ({ key, body, headers }) => {
      const { default: library } = await import("@sendgrid/eventwebhook");
      const { EventWebhook, EventWebhookHeader } = library;
      const webhook = new EventWebhook();
      const signature = headers[EventWebhookHeader.SIGNATURE().toLowerCase()];
      const timestamp = headers[EventWebhookHeader.TIMESTAMP().toLowerCase()];
      return webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), body, signature, timestamp);
    },
  },
  "discord-interactions": {
    verify: async ({ key, body, headers }) => {
      const { verifyKey } = await import("discord-interactions");
      return verifyKey(body, headers["x-signature-ed25519"], headers["x-signature-timestamp"], key);
    },
  },
  "event-notification-nodejs-sdk": {
    verify: async ({ key, text, headers }) => {
      // It would ask eBay for the key by its id.
      require("event-notification-nodejs-sdk/lib/client").getPublicKey = async () => ({ key });
      const { validateSignature } = require("event-notification-nodejs-sdk/lib/validator");
      return validateSignature(JSON.parse(text), headers["x-ebay-signature"], {});
    },
  },
};
