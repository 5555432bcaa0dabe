import { Webhook } from 'standardwebhooks';
import type { EventWebhook } from '../../config/index.js';
import { onceEach, openInbox, type ConsumeOptions, type DeliveryHandler } from '../../message-bus/index.js';
import type { DocumentStore } from '../../document-store/index.js';

/** How long the endpoint may take to answer in full. */
const ANSWER_MS = 10_000;
const MINUTE_MS = 60_000;

/** Name of the consumer and of its parked messages. */
export const WEBHOOKS = 'webhooks';

/** With the default of 10 attempts an event is parked about 48 minutes after its first attempt. */
export const webhookConsumer = ({ attempts }: EventWebhook, root: string): ConsumeOptions => ({
  durable: WEBHOOKS,
  subjects: [`${root}.>`],
  maxDeliver: attempts,
  ackWaitMs: 3 * ANSWER_MS,
  backOffMs: [1_000, 5_000, 30_000, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS],
  maxInFlight: 16,
});

/** Delivers each integration event to the endpoint, signed as Standard Webhooks, until the endpoint has accepted it. */
export async function openWebhookHandler(webhook: EventWebhook, store: DocumentStore): Promise<DeliveryHandler> {
  return onceEach(await openInbox({ store, consumer: WEBHOOKS }), postSigned(webhook));
}

function postSigned({ url, secrets }: EventWebhook): DeliveryHandler {
  const signers = secrets.map((secret) => new Webhook(secret));
  return async ({ message: { id, body } }) => {
    const { request } = await import('undici');
    const now = new Date();
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'cartwright',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.dump();
    if (statusCode < 200 || statusCode >= 300) throw new Error(`the endpoint answered ${statusCode}`);
  };
}
