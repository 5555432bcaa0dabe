import { Webhook } from 'standardwebhooks';
import type { ProviderNotice } from '../payment-provider.js';
import { noticeIn } from './sandbox-notices.js';

/** Delivers a signed webhook; true when it was accepted with a 2xx. */
export type DeliverWebhook = (request: WebhookRequest) => Promise<boolean>;

export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The pauses in milliseconds before a webhook that was not accepted is tried again. */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000, 8000];

/** Sends and reads the sandbox's notices as Standard Webhooks. Waiting notices do not keep the process alive. */
export class SandboxWebhooks {
  readonly #signer: Webhook;
  readonly #verifiers: readonly Webhook[];
  readonly #deliver: DeliverWebhook;
  readonly #now: () => number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  /** `secrets`: the first one signs, all of them verify. */
  constructor(secrets: readonly [string, ...string[]], deliver: DeliverWebhook, now: () => number) {
    this.#signer = new Webhook(secrets[0]);
    this.#verifiers = secrets.map((secret) => new Webhook(secret));
    this.#deliver = deliver;
    this.#now = now;
  }

  schedule(notice: ProviderNotice, delayMs: number): void {
    this.#after(delayMs, () => this.#send(notice, 0));
  }

  /** Reads a fact as `PaymentProvider.factIn` does; a signature is valid for five minutes. */
  read(headers: Readonly<Record<string, string>>, body: string): ProviderNotice | 'of-no-concern' | null {
    for (const verifier of this.#verifiers) {
      const content = contentOf(verifier, headers, body);
      if (content !== undefined) return noticeIn(content, headers['webhook-id'] ?? '');
    }
    return null;
  }

  /** Drops all waiting notices. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #send(notice: ProviderNotice, retries: number): Promise<void> {
    const taken = await this.#deliver(this.#sign(notice)).catch(() => false);
    const wait = RETRY_AFTER_MS[retries];
    if (!taken && wait !== undefined) this.#after(wait, () => this.#send(notice, retries + 1));
  }

  #after(delayMs: number, task: () => Promise<void>): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void task();
    }, delayMs);
    this.#timers.add(timer.unref());
  }

  #sign({ webhookId, paymentId, fact: { kind, ...told } }: ProviderNotice): WebhookRequest {
    const at = new Date(this.#now());
    const data = { paymentId, ...told };
    const body = JSON.stringify({ type: `payment.${kind}`, timestamp: at.toISOString(), data });
    const headers = {
      'content-type': 'application/json',
      'webhook-id': webhookId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': this.#signer.sign(webhookId, at, body),
    };
    return { headers, body };
  }
}

/** Parses the body; undefined where it is not signed with the verifier's secret, or is no JSON. */
function contentOf(verifier: Webhook, headers: Readonly<Record<string, string>>, body: string): unknown {
  try {
    return verifier.verify(body, { ...headers });
  } catch {
    return undefined;
  }
}
