import { request } from 'undici';
import type { DeliverWebhook } from '../../payment-provider/sandbox/sandbox-webhooks.js';

/** How long the endpoint may take for its whole answer. */
const ANSWER_MS = 10_000;

/** Brings the sandbox's webhooks to the write-side's endpoint, over HTTP like any provider's. */
export class WebhookDelivery {
  /** `url`: where the write-side answers, if that is not this process. */
  constructor(private url: string | null) {}

  /** Where this process listens; until it is known a delivery fails and is tried again. */
  listensAt(url: string): void {
    this.url ??= url;
  }

  readonly deliver: DeliverWebhook = async ({ headers, body }) => {
    if (this.url === null) return false;
    const { statusCode, body: answer } = await request(`${this.url}/v1/webhooks/payments/sandbox`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.dump();
    return statusCode >= 200 && statusCode < 300;
  };
}
