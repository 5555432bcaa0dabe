import type { DeliverWebhook } from '../../payment-provider/sandbox/sandbox-webhooks.js';

/** How long the endpoint may take to answer in full. */
const ANSWER_MS = 10_000;

/** Delivers the sandbox's webhooks to the write-side's endpoint over HTTP, as every provider does. */
export class WebhookDelivery {
  /** `url` is the write-side's address where another process runs it. */
  constructor(private url: string | null) {}

  /** The address of this process. Until it is known, deliveries fail and are tried again. */
  listensAt(url: string): void {
    this.url ??= url;
  }

  readonly deliver: DeliverWebhook = async ({ headers, body }) => {
    if (this.url === null) return false;
    // Few processes deliver anything, and the client takes a tenth of a start to load.
    const { request } = await import('undici');
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
