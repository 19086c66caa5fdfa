// What an endpoint says to a provider that asks whether it is there.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

const json = (value) => ({ text: JSON.stringify(value) });

export const HANDSHAKES = {
  "@zoom/rivet handshake": {
    answer: async ({ key, text, headers }) => {
      const { AwsLambdaReceiver } = await import("@zoom/rivet/meetings");
      const receive = new AwsLambdaReceiver({ webhooksSecretToken: key }).start();
      return { text: (await receive({ body: text, headers, isBase64Encoded: false }, {})).body };
    },
  },
  "@slack/bolt handshake": {
    answer: async ({ key, text, headers }) => {
      const { AwsLambdaReceiver } = await import("@slack/bolt");
      const receive = new AwsLambdaReceiver({ signingSecret: key }).toHandler();
      const asked = { body: text, headers, isBase64Encoded: false, path: "/" };
      return { text: (await receive(asked, {}, () => {})).body };
    },
  },
  "smartcar handshake": {
    answer: async ({ key, text }) => {
      const { default: smartcar } = await import("smartcar");
      return json({ challenge: smartcar.hashChallenge(key, JSON.parse(text).data.challenge) });
    },
  },
  "braintree handshake": {
    answer: async ({ key, url }) => {
      const { default: library } = await import("braintree");
      const [publicKey, privateKey] = key.split(":");
      const environment = library.Environment.Sandbox;
      const gateway = new library.BraintreeGateway({ environment, merchantId: "id", publicKey, privateKey });
      return { text: gateway.webhookNotification.verify(new URL(url).searchParams.get("bt_challenge")) };
    },
  },
  "event-notification-nodejs-sdk handshake": {
    answer: async ({ key: verificationToken, url }) => {
      const { generateChallengeResponse } = require("event-notification-nodejs-sdk/lib/validator");
      const { origin, pathname, searchParams } = new URL(url);
      const config = { verificationToken, endpoint: origin + pathname };
      return json({ challengeResponse: generateChallengeResponse(searchParams.get("challenge_code"), config) });
    },
  },
};
