import { paymentAggregate, type PaymentCommand, type PaymentState } from '../../domain/payment/index.js';
import type { Refusal } from '../../domain/shared/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import type {
  PaymentProvider,
  PaymentProviders,
  PaymentRequest,
  ProviderCapabilities,
  ProviderOutcome,
} from '../../infra/payment-provider/index.js';
import type { CommandContext, CommandExecutor } from '../../write-side/shared/index.js';
import type { Dispatched } from '../runner/index.js';
import type { CheckoutReader } from './checkout-reader.js';
import { accepted, execute, lastEventOf, partOf, refused } from './effect.js';
import { readRequests, type RecordedRequest, type RecordedRequests } from './recorded-requests.js';

export interface PaymentDeskOptions {
  readonly executor: CommandExecutor;
  readonly eventStore: EventStore;
  readonly providers: PaymentProviders;
  readonly checkouts: CheckoutReader;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The provider gave no definite answer; the same question will be asked again. */
export class ProviderSilentError extends Error {
  constructor(paymentId: string, detail: string) {
    super(`no answer for payment ${paymentId}: ${detail}`);
    this.name = 'ProviderSilentError';
  }
}

/** One payment and the command about it. */
export interface Case {
  readonly paymentId: string;
  readonly context: CommandContext;
}

export type Requested =
  | { readonly ok: true; readonly state: PaymentState; readonly cause: string | null }
  | { readonly ok: false; readonly refusal: Refusal };

/** The parts that every request to the provider is made of: record the wish, ask, record the answer. */
export class PaymentDesk {
  constructor(private readonly options: PaymentDeskOptions) {}

  get checkouts(): CheckoutReader {
    return this.options.checkouts;
  }

  now(): number {
    return this.options.now();
  }

  /** @throws Error the payment went to a provider that this process is not set up for: whoever asks tries again */
  provider(name: string): PaymentProvider {
    const provider = this.options.providers.named(name);
    if (provider === undefined) throw new Error(`payments go to ${name}, which is no payment provider of this process`);
    return provider;
  }

  recorded(paymentId: string): Promise<RecordedRequests> {
    return readRequests(this.options.eventStore, paymentId);
  }

  /** Records what is wanted, before the provider is called. */
  async request({ paymentId, context }: Case, command: PaymentCommand): Promise<Requested> {
    const outcome = await execute(this.options.executor, {
      aggregate: paymentAggregate,
      id: paymentId,
      creates: command.type === 'request-payment',
      command,
      context: partOf(context, 'request', context.causationId),
      answer: (state) => state,
    });
    if (outcome.kind === 'refused') return { ok: false, refusal: outcome.refusal };
    return { ok: true, state: outcome.answer, cause: lastEventOf(outcome) };
  }

  /** Records what the provider said; a silent provider said nothing. */
  async record(about: Case, outcome: ProviderOutcome, words: ProviderWords): Promise<Dispatched> {
    if (outcome.outcome === 'unknown') throw new ProviderSilentError(about.paymentId, outcome.detail);
    const command = outcome.outcome === 'succeeded' ? words.yes(outcome.reference) : words.no(saidNo(outcome));
    const lastEventId = command === null ? null : await this.recordFact(about, command, words.cause);
    if (outcome.outcome === 'succeeded') return accepted(lastEventId ?? words.cause);
    return refused({ code: outcome.code, detail: outcome.detail }, lastEventId ?? words.cause);
  }

  /** Answers the id of the event, where it was news; `cause` is the event of the request. */
  async recordFact(about: Case, command: PaymentCommand, cause: string | null): Promise<string | null> {
    const { paymentId, context } = about;
    const outcome = await execute(this.options.executor, {
      aggregate: paymentAggregate,
      id: paymentId,
      command,
      context: partOf(context, 'record', cause ?? context.causationId),
      answer: () => null,
    });
    return lastEventOf(outcome);
  }
}

export interface SaidNo {
  readonly code: string;
  readonly detail: string;
  readonly reference: string | null;
}

export const saidNo = ({ code, detail, reference }: Extract<ProviderOutcome, { outcome: 'refused' }>): SaidNo => ({
  code,
  detail,
  reference: reference ?? null,
});

/** How the provider's answer is recorded; `cause` is the event of the request. */
export interface ProviderWords {
  readonly yes: (reference: string | null) => PaymentCommand;
  /** Null where a no is nothing that the payment keeps. */
  readonly no: (no: SaidNo) => PaymentCommand | null;
  readonly cause: string | null;
}

/** What the provider is told of a request. Without the token of a forgotten person it still knows key and reference. */
export function requestOf(
  paymentId: string,
  { token, state }: RecordedRequests,
  { key, amount }: RecordedRequest,
): PaymentRequest {
  if (state.status === 'none') throw new Error(`payment ${paymentId} was never asked for`);
  const { reference, terms } = state;
  return { paymentId, orderId: terms.orderId, idempotencyKey: key, token: token ?? '', amount, reference };
}

/** What the provider cannot do it is not asked for: a person has to see to it. */
export const notSupported = ({ name }: PaymentProvider, what: keyof ProviderCapabilities): Dispatched =>
  refused({ code: 'PAYMENT.NOT_SUPPORTED', detail: `The payment provider ${name} has no ${WORDS[what]}.` });

const WORDS: Readonly<Record<keyof ProviderCapabilities, string>> = {
  partialCapture: 'capture of a part',
  multipleCaptures: 'capture in several parts',
  void: 'release of money that it holds',
  refund: 'refunds',
};
