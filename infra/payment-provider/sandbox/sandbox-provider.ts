import { createHash } from 'node:crypto';
import type { PaymentProvider, PaymentReference, ProviderNotice, ProviderOutcome } from '../payment-provider.js';
import { behaviourOf, succeeded } from './sandbox-tokens.js';
import type { Verdict } from './sandbox-tokens.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import type { DeliverWebhook } from './sandbox-webhooks.js';

export interface SandboxOptions {
  /** From a call that gets no answer until its webhook, and until the same key is answered; milliseconds. */
  readonly delayMs: number;
  /** Each `whsec_…`, Standard Webhooks: the first one signs, all of them verify. */
  readonly webhookSecrets: readonly [string, ...string[]];
  /** Brings a signed webhook to `/v1/webhooks/payments/sandbox`. */
  readonly deliver: DeliverWebhook;
  /** Epoch milliseconds; default the system's clock. */
  readonly now?: () => number;
}

export type SandboxProvider = PaymentProvider & {
  /** Drops the webhooks that are waiting. */
  close(): void;
};

/**
 * A provider to develop and test with: the token decides what happens (`sandbox-tokens.ts`), the idempotency key when.
 * Nothing is stored. After a restart a token that keeps silent or fails at first does so once more, counted from the
 * first call that the new process sees, and the webhook is sent again from there; so whoever asks on with the same key
 * gets the same definite answer as ever.
 */
export const createSandboxProvider = (options: SandboxOptions): SandboxProvider => new Sandbox(options);

const UNKNOWN_SILENT: ProviderOutcome = { outcome: 'unknown', detail: 'The provider did not answer in time.' };
const UNKNOWN_ERROR: ProviderOutcome = { outcome: 'unknown', detail: 'The provider answered 500.' };

/** How long money stays held. */
const AUTHORIZED_MS = 7 * 24 * 3_600_000;

/** Keys remembered at most; a forgotten one starts over, which only takes longer. */
const MAX_KEYS = 10_000;

interface Attempts {
  readonly firstAt: number;
  calls: number;
}

class Sandbox implements SandboxProvider {
  readonly name = 'sandbox';
  readonly #delayMs: number;
  readonly #now: () => number;
  readonly #webhooks: SandboxWebhooks;
  /** By key: when it was first used, which the answer depends on. */
  readonly #attempts = new Map<string, Attempts>();

  constructor({ delayMs, webhookSecrets, deliver, now = Date.now }: SandboxOptions) {
    this.#delayMs = delayMs;
    this.#now = now;
    this.#webhooks = new SandboxWebhooks(webhookSecrets, deliver, now);
  }

  async authorize(payment: PaymentReference): Promise<ProviderOutcome> {
    const behaviour = behaviourOf(payment.token);
    const attempts = this.#attempt(payment.idempotencyKey);
    const verdict = until(behaviour.authorize, attempts.firstAt);
    if (behaviour.silentAtFirst === true) return this.#inSilence(payment, verdict, attempts);
    return attempts.calls > (behaviour.errorsAtFirst ?? 0) ? verdict : UNKNOWN_ERROR;
  }

  async capture(payment: PaymentReference): Promise<ProviderOutcome> {
    return behaviourOf(payment.token).capture ?? succeeded;
  }

  async void(): Promise<ProviderOutcome> {
    return succeeded;
  }

  async refund(payment: PaymentReference): Promise<ProviderOutcome> {
    return behaviourOf(payment.token).refund ?? succeeded;
  }

  verify(headers: Readonly<Record<string, string>>, body: string): ProviderNotice | 'of-no-concern' | null {
    return this.#webhooks.read(headers, body);
  }

  close(): void {
    this.#webhooks.close();
  }

  #inSilence(payment: PaymentReference, verdict: Verdict, attempts: Attempts): ProviderOutcome {
    if (attempts.calls === 1) this.#webhooks.schedule(noticeOf(payment, verdict), this.#delayMs);
    else if (this.#now() - attempts.firstAt >= this.#delayMs) return verdict;
    return UNKNOWN_SILENT;
  }

  #attempt(key: string): Attempts {
    let attempts = this.#attempts.get(key);
    if (attempts === undefined) {
      attempts = { firstAt: this.#now(), calls: 0 };
      this.#attempts.set(key, attempts);
      if (this.#attempts.size > MAX_KEYS) this.#forgetOldest();
    }
    attempts.calls += 1;
    return attempts;
  }

  #forgetOldest(): void {
    for (const key of this.#attempts.keys()) {
      this.#attempts.delete(key);
      return;
    }
  }
}

/** An authorisation ends a week after it was first asked for. */
const until = (verdict: Verdict, askedAt: number): Verdict =>
  verdict.outcome === 'succeeded'
    ? { ...verdict, expiresAt: new Date(askedAt + AUTHORIZED_MS).toISOString() }
    : verdict;

/** The webhook's id follows from the key, so that a notice sent twice is one. */
function noticeOf({ paymentId, idempotencyKey }: PaymentReference, verdict: Verdict): ProviderNotice {
  const webhookId = `msg_${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}`;
  if (verdict.outcome === 'succeeded') {
    const { expiresAt } = verdict;
    return { webhookId, paymentId, kind: 'authorized', ...(expiresAt === undefined ? {} : { expiresAt }) };
  }
  return { webhookId, paymentId, kind: 'declined', code: verdict.code, detail: verdict.detail };
}
