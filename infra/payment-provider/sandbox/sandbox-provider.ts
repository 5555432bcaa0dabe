import { LRUCache } from 'lru-cache';
import type {
  AuthorizationOutcome,
  CaptureRequest,
  PaymentProvider,
  PaymentRequest,
  ProviderNotice,
  ProviderOutcome,
  RefundRequest,
} from '../payment-provider.js';
import { named, referenceOf } from './sandbox-references.js';
import { behaviourOf, succeeded } from './sandbox-tokens.js';
import type { Verdict } from './sandbox-tokens.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import type { DeliverWebhook } from './sandbox-webhooks.js';

export interface SandboxOptions {
  /** Milliseconds from a call without an answer to its webhook; from then on calls with the same key are answered. */
  readonly delayMs: number;
  /** Secrets `whsec_…` of Standard Webhooks: the first one signs, all of them verify. */
  readonly webhookSecrets: readonly [string, ...string[]];
  /** Delivers a signed webhook to `/v1/webhooks/payments/sandbox`. */
  readonly deliver: DeliverWebhook;
  /** Milliseconds since the epoch; the system's clock where it is left out. */
  readonly now?: () => number;
}

export type SandboxProvider = PaymentProvider & {
  /** Drops the webhooks that are waiting. */
  close(): void;
};

/**
 * A provider for development and tests. The token decides the outcome (`sandbox-tokens.ts`), and the time since the first use of the
 * idempotency key decides when it is known. Nothing is stored: after a restart a token that is silent or fails at first does so once
 * more, from the first call of the new process on, and its webhook is sent again. A key gets the same definite answer in the end.
 */
export const createSandboxProvider = (options: SandboxOptions): SandboxProvider => new Sandbox(options);

const UNKNOWN_SILENT: AuthorizationOutcome = { outcome: 'unknown', detail: 'The provider did not answer in time.' };
const UNKNOWN_ERROR: AuthorizationOutcome = { outcome: 'unknown', detail: 'The provider answered 500.' };

/** How long money stays held. */
const AUTHORIZED_MS = 7 * 24 * 3_600_000;

/** The most keys that are kept; a key that was dropped starts over, which only takes longer. */
const MAX_KEYS = 10_000;

interface Attempts {
  readonly firstAt: number;
  calls: number;
}

class Sandbox implements SandboxProvider {
  readonly name = 'sandbox';
  readonly capabilities = { partialCapture: true, multipleCaptures: false, void: true, refund: true };
  readonly #delayMs: number;
  readonly #now: () => number;
  readonly #webhooks: SandboxWebhooks;
  /** The times of the first use, by key; answers depend on them. */
  readonly #attempts = new LRUCache<string, Attempts>({ max: MAX_KEYS });

  constructor({ delayMs, webhookSecrets, deliver, now = Date.now }: SandboxOptions) {
    this.#delayMs = delayMs;
    this.#now = now;
    this.#webhooks = new SandboxWebhooks(webhookSecrets, deliver, now);
  }

  async authorize(payment: PaymentRequest): Promise<AuthorizationOutcome> {
    const behaviour = behaviourOf(payment.token);
    const attempts = this.#attempt(payment.idempotencyKey);
    const verdict = authorizationOf(payment, behaviour.authorize, attempts.firstAt);
    if (behaviour.atFirst === 'silence') return this.#atFirst(UNKNOWN_SILENT, { payment, verdict, attempts });
    if (behaviour.atFirst === 'action-required') {
      return this.#atFirst(actionOf(payment), { payment, verdict, attempts });
    }
    return attempts.calls > (behaviour.errorsAtFirst ?? 0) ? verdict : UNKNOWN_ERROR;
  }

  async capture({ token, idempotencyKey, refusedBefore = 0 }: CaptureRequest): Promise<ProviderOutcome> {
    const { capture = succeeded, recovers = false } = behaviourOf(token);
    return outcomeOf(recovers && refusedBefore > 0 ? succeeded : capture, named('cap', idempotencyKey));
  }

  async void(payment: PaymentRequest): Promise<ProviderOutcome> {
    return outcomeOf(succeeded, named('void', payment.idempotencyKey));
  }

  async refund(payment: RefundRequest): Promise<ProviderOutcome> {
    return outcomeOf(behaviourOf(payment.token).refund ?? succeeded, named('ref', payment.idempotencyKey));
  }

  async factIn(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<ProviderNotice | 'of-no-concern' | null> {
    return this.#webhooks.read(headers, body);
  }

  close(): void {
    this.#webhooks.close();
  }

  /** Gives the first answer until the webhook has been sent, and the verdict after that. */
  #atFirst(said: AuthorizationOutcome, { payment, verdict, attempts }: Asked): AuthorizationOutcome {
    if (attempts.calls === 1) this.#webhooks.schedule(noticeOf(payment, verdict), this.#delayMs);
    else if (this.#now() - attempts.firstAt >= this.#delayMs) return verdict;
    return said;
  }

  #attempt(key: string): Attempts {
    let attempts = this.#attempts.get(key);
    if (attempts === undefined) {
      attempts = { firstAt: this.#now(), calls: 0 };
      this.#attempts.set(key, attempts);
    }
    attempts.calls += 1;
    return attempts;
  }
}

interface Asked {
  readonly payment: PaymentRequest;
  readonly verdict: Definite;
  readonly attempts: Attempts;
}

type Definite = Extract<AuthorizationOutcome, { outcome: 'succeeded' | 'refused' }>;

/** Makes the definite answer to an authorisation, which expires a week after its first request. */
function authorizationOf({ paymentId }: PaymentRequest, verdict: Verdict, askedAt: number): Definite {
  if (verdict.outcome === 'refused') return verdict;
  return { ...verdict, reference: referenceOf(paymentId), expiresAt: new Date(askedAt + AUTHORIZED_MS).toISOString() };
}

const outcomeOf = (verdict: Verdict, reference: string): ProviderOutcome =>
  verdict.outcome === 'succeeded' ? { ...verdict, reference } : verdict;

/** Makes the URL of a page that does not exist, as the sandbox decides for the buyer. */
const actionOf = ({ paymentId }: PaymentRequest): AuthorizationOutcome => ({
  outcome: 'action-required',
  reference: referenceOf(paymentId),
  action: { type: 'redirect', url: `https://sandbox.invalid/confirm/${referenceOf(paymentId)}` },
});

/** Derives the webhook's id from the key, so that a repeated notice counts once. */
function noticeOf({ paymentId, idempotencyKey }: PaymentRequest, verdict: Definite): ProviderNotice {
  const webhookId = named('msg', idempotencyKey);
  const reference = referenceOf(paymentId);
  if (verdict.outcome === 'succeeded') {
    const { expiresAt } = verdict;
    const until = expiresAt === undefined ? {} : { expiresAt };
    return { webhookId, paymentId, fact: { kind: 'authorized', reference, ...until } };
  }
  const { code, detail } = verdict;
  return { webhookId, paymentId, fact: { kind: 'declined', reference, code, detail } };
}
