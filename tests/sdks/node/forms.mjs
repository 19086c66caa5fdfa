// A keyed hash of the public URL and, where the body is a form, of its fields.
import { parse } from "node:querystring";

const isForm = (headers) => headers["content-type"]?.startsWith("application/x-www-form-urlencoded");

const TWILIO = {
  sign: async ({ key, url, text, headers }) => {
    const { default: twilio } = await import("twilio");
    const fields = isForm(headers) ? { ...parse(text) } : {};
    return { headers: { "x-twilio-signature": twilio.getExpectedTwilioSignature(key, url, fields) } };
  },
  verify: async ({ key, url, text, headers }) => {
    const { default: twilio } = await import("twilio");
    const signature = headers["x-twilio-signature"];
    if (isForm(headers)) return twilio.validateRequest(key, signature, url, { ...parse(text) });
    return twilio.validateRequestWithBody(key, signature, url, text);
  },
};

export const FORMS = {
  twilio: TWILIO,
  "twilio with a body": TWILIO,
  "twilio with a port": TWILIO,
  plivo: {
    verify: async ({ key, method, url, text, headers }) => {
      const { validateV3Signature } = await import("plivo");
      const nonce = headers["x-plivo-signature-v3-nonce"];
      const signature = headers["x-plivo-signature-v3"];
      return validateV3Signature(method, url, nonce, key, signature, { ...parse(text) });
    },
  },
};
