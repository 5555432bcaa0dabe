import { LRUCache } from 'lru-cache';
import type {
  AuthorizationOutcome,
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

const UNKNOWN_SILENT: AuthorizationOutcome = { outcome: 'unknown', detail: 'The provider did not answer in time.' };
const UNKNOWN_ERROR: AuthorizationOutcome = { outcome: 'unknown', detail: 'The provider answered 500.' };

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
  readonly capabilities = { partialCapture: true, multipleCaptures: false, void: true, refund: true };
  readonly #delayMs: number;
  readonly #now: () => number;
  readonly #webhooks: SandboxWebhooks;
  /** By key: when it was first used, which the answer depends on. */
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

  async capture(payment: PaymentRequest): Promise<ProviderOutcome> {
    return outcomeOf(behaviourOf(payment.token).capture ?? succeeded, named('cap', payment.idempotencyKey));
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

  /** What is said until the webhook has been sent; the verdict after that. */
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

/** An authorisation ends a week after it was first asked for. */
function authorizationOf({ paymentId }: PaymentRequest, verdict: Verdict, askedAt: number): Definite {
  if (verdict.outcome === 'refused') return verdict;
  return { ...verdict, reference: referenceOf(paymentId), expiresAt: new Date(askedAt + AUTHORIZED_MS).toISOString() };
}

const outcomeOf = (verdict: Verdict, reference: string): ProviderOutcome =>
  verdict.outcome === 'succeeded' ? { ...verdict, reference } : verdict;

/** A page that is nowhere: the sandbox decides for the buyer. */
const actionOf = ({ paymentId }: PaymentRequest): AuthorizationOutcome => ({
  outcome: 'action-required',
  reference: referenceOf(paymentId),
  action: { type: 'redirect', url: `https://sandbox.invalid/confirm/${referenceOf(paymentId)}` },
});

/** The webhook's id follows from the key, so that a notice sent twice is one. */
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
