// Signatures over some values of the request, or in its body.
import { createRequire } from "node:module";
import { publish } from "./network.mjs";

const require = createRequire(import.meta.url);

export const FIELDS = {
  "@adyen/api-library": {
    sign: async ({ key, text, ...request }) => {
      const { hmacValidator: HmacValidator } = await import("@adyen/api-library");
      const notification = JSON.parse(text);
      for (const { NotificationRequestItem: item } of notification.notificationItems) {
        const hmacSignature = new HmacValidator().calculateHmac(item, key);
        item.additionalData = { ...item.additionalData, hmacSignature };
      }
      return changed(request, JSON.stringify(notification));
    },
    verify: async ({ key, text }) => {
      const { hmacValidator: HmacValidator } = await import("@adyen/api-library");
      const { notificationItems: items } = JSON.parse(text);
      return items.every(({ NotificationRequestItem: item }) => new HmacValidator().validateHMAC(item, key));
    },
  },
  mercadopago: {
    verify: async ({ key, url, headers }) => {
      const { WebhookSignatureValidator } = await import("mercadopago");
      WebhookSignatureValidator.validate({
        xSignature: headers["x-signature"],
        xRequestId: headers["x-request-id"],
        dataId: new URL(url).searchParams.get("data.id")?.toLowerCase(),
        secret: key,
      });
      return true;
    },
  },
  "@dropbox/sign": {
    verify: async ({ key, text, headers }) => {
      const { EventCallbackHelper, EventCallbackRequest } = await import("@dropbox/sign");
      // As its examples read it: the form's field `json`.
      const form = await new Response(Buffer.from(text), { headers }).formData();
      return EventCallbackHelper.isValid(key, EventCallbackRequest.init(JSON.parse(form.get("json"))));
    },
  },
  braintree: {
    sign: async ({ key, ...request }) => {
      const gateway = await braintree(key);
      const sample = await gateway.webhookTesting.sampleNotification("subscription_went_active", "sub_1");
      return changed(request, String(new URLSearchParams(sample)));
    },
    verify: async ({ key, text }) => {
      const form = new URLSearchParams(text);
      return (await braintree(key)).webhookNotification.parse(form.get("bt_signature"), form.get("bt_payload"));
    },
  },
  "sns-validator": {
    verify: async ({ key, text }) => {
      // Made anew: it keeps what it has fetched.
      delete require.cache[require.resolve("sns-validator")];
      const MessageValidator = require("sns-validator");
      publish(JSON.parse(text).SigningCertURL, key);
      return new Promise((accept, refuse) => {
        new MessageValidator().validate(text, (error, message) => (error ? refuse(error) : accept(message)));
      });
    },
  },
};

const changed = ({ method, url, headers }, text) => ({
  request: { method, url, headers, body: Buffer.from(text).toString("base64") },
});

const braintree = async (key) => {
  const { default: library } = await import("braintree");
  const [publicKey, privateKey] = key.split(":");
  const environment = library.Environment.Sandbox;
  return new library.BraintreeGateway({ environment, merchantId: "id", publicKey, privateKey });
};
