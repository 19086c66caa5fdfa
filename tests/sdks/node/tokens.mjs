// JSON Web Tokens over a hash of the body.
import { createHash, createSecretKey, timingSafeEqual } from "node:crypto";
import { publish } from "./network.mjs";

export const TOKENS = {
  // https://plaid.com/docs/api/webhooks/webhook-verification/ with jose, as its example has it.
  "jose plaid": {
    verify: async ({ key, body, headers }) => {
      const jose = await import("jose");
      const token = headers["plaid-verification"];
      const { alg } = jose.decodeProtectedHeader(token);
      if (alg !== "ES256") throw new Error(`alg is ${alg}`);
      const keys = jose.createLocalJWKSet(JSON.parse(key));
      const { payload } = await jose.jwtVerify(token, keys, { maxTokenAge: "5 min" });
      return same(payload.request_body_sha256, createHash("sha256").update(body).digest("hex"));
    },
  },
  // https://github.com/FusionAuth/fusionauth-example-javascript-webhooks, signature-verify.
  "jose fusionauth": {
    verify: async ({ key, body, headers }) => {
      const jose = await import("jose");
      const keys = jose.createLocalJWKSet(JSON.parse(key));
      const { payload } = await jose.jwtVerify(headers["x-fusionauth-signature-jwt"], keys);
      return same(payload.request_body_sha256, createHash("sha256").update(body).digest("base64"));
    },
  },
  "livekit-server-sdk": {
    sign: async ({ key, body }) => {
      const { AccessToken } = await import("livekit-server-sdk");
      const token = new AccessToken(key.api_key, key.secret);
      token.sha256 = createHash("sha256").update(body).digest("base64");
      return { headers: { authorization: await token.toJwt() } };
    },
    verify: async ({ key, text, headers }) => {
      const { WebhookReceiver } = await import("livekit-server-sdk");
      return new WebhookReceiver(key.api_key, key.secret).receive(text, headers.authorization);
    },
  },
  "@upstash/qstash": {
    verify: async ({ key, text, url, headers }) => {
      const { Receiver } = await import("@upstash/qstash");
      const receiver = new Receiver({ currentSigningKey: key, nextSigningKey: key });
      return receiver.verify({ signature: headers["upstash-signature"], body: text, url });
    },
  },
  "@vonage/jwt": {
    verify: async ({ key, headers }) => {
      const { verifySignature } = await import("@vonage/jwt");
      return verifySignature(headers.authorization.replace(/^Bearer /, ""), key);
    },
  },
  messagebird: {
    verify: async ({ key, body, url, headers }) => {
      const { default: signature } = await import("messagebird/lib/webhook-signature-jwt.js");
      const secret = createSecretKey(Buffer.from(key, "utf8"));
      return signature.verify(url, body, headers["messagebird-signature-jwt"], secret);
    },
  },
  "atlassian-jwt": {
    sign: async ({ key, now, method, url, headers }) => {
      const { default: jwt } = await import("atlassian-jwt");
      const qsh = jwt.createQueryStringHash(jwt.fromMethodAndUrl(method, url), false, headers["x-base-url"]);
      const claims = { iss: "client", iat: now, exp: now + 180, qsh };
      return { headers: { authorization: `JWT ${jwt.encodeSymmetric(claims, key)}` } };
    },
    verify: async ({ key, now, method, url, headers }) => {
      const { default: jwt } = await import("atlassian-jwt");
      const token = headers.authorization.replace(/^JWT /, "");
      const claims = jwt.decodeSymmetric(token, key, jwt.getAlgorithm(token));
      const qsh = jwt.createQueryStringHash(jwt.fromMethodAndUrl(method, url), false);
      // It leaves the token's age to its caller.
      return claims.qsh === qsh && claims.exp > now;
    },
  },
  "@kinde/webhooks": {
    verify: async ({ key, text }) => {
      const { decodeWebhook } = await import("@kinde/webhooks");
      // Another key needs another domain: it keeps what it has fetched.
      const domain = `https://${createHash("sha256").update(key).digest("hex").slice(0, 16)}.kinde.example`;
      publish(`${domain}/.well-known/jwks.json`, key);
      return decodeWebhook(text, domain);
    },
  },
  "@wix/sdk": {
    verify: async ({ key, text }) => {
      const { AppStrategy, createClient } = await import("@wix/sdk");
      const { webhooks } = createClient({ auth: AppStrategy({ appId: "app", publicKey: key }) });
      return webhooks.process(text);
    },
  },
  "google-auth-library": {
    verify: async ({ key, headers }) => {
      const { OAuth2Client } = await import("google-auth-library");
      const token = headers.authorization.replace(/^Bearer /, "");
      const issuers = ["https://accounts.google.com", "accounts.google.com"];
      const certificates = JSON.parse(key.certificates);
      const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
        token,
        certificates,
        key.audience,
        issuers,
      );
      const { email, email_verified: verified } = ticket.getPayload();
      return verified && email === key.email;
    },
  },
};

const same = (claimed, made) => {
  const [one, other] = [Buffer.from(String(claimed)), Buffer.from(made)];
  return one.length === other.length && timingSafeEqual(one, other);
};
