import {
  paymentDecider,
  paymentAggregate,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentState,
} from '../../domain/payment/index.js';
import { streamOf, type Money, type Refusal } from '../../domain/shared/index.js';
import { asEvent, type EventStore } from '../../infra/event-store/index.js';
import type {
  CaptureRequest,
  PaymentProvider,
  PaymentProviders,
  PaymentRequest,
  ProviderCapabilities,
  ProviderOutcome,
} from '../../infra/payment-provider/index.js';
import type { CommandContext, CommandExecutor } from '../../infra/engine/commands/index.js';
import { REQUEST_PART, type Dispatched } from '../../infra/engine/sagas/index.js';
import { accepted, childContext, execute, lastEventOf, refused, type CheckoutReader } from './aggregate-targets.js';

export interface PaymentOperationsOptions {
  readonly executor: CommandExecutor;
  readonly eventStore: EventStore;
  readonly providers: PaymentProviders;
  readonly checkouts: CheckoutReader;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The provider gave no definite answer; the saga asks again with the same key. */
export class ProviderOutcomeUnknownError extends Error {
  constructor(paymentId: string, detail: string) {
    super(`no answer for payment ${paymentId}: ${detail}`);
    this.name = 'ProviderOutcomeUnknownError';
  }
}

/** A payment, and the context of the saga's command for it. */
export interface PaymentCommandContext {
  readonly paymentId: string;
  readonly context: CommandContext;
}

/** An amount and the idempotency key of one request to the provider. */
export interface RecordedRequest {
  readonly amount: Money;
  readonly key: string;
}

/** A request to capture; `refusedBefore`: how often another one was refused before it was asked for. */
export type RecordedCapture = RecordedRequest & Required<Pick<CaptureRequest, 'refusedBefore'>>;

/** A payment's state, and the requests of it that are recorded: every further try uses their idempotency keys. */
export interface RecordedRequests {
  readonly state: PaymentState;
  /** Null once the person is forgotten, or where nothing was requested. */
  readonly token: string | null;
  readonly authorization: RecordedRequest | null;
  readonly capture: RecordedCapture | null;
  /** How often a capture was refused. */
  readonly capturesRefused: number;
  readonly voidKey: string | null;
  readonly refunds: ReadonlyMap<string, RecordedRequest>;
}

export type Requested =
  | { readonly ok: true; readonly state: PaymentState; readonly cause: string | null }
  | { readonly ok: false; readonly refusal: Refusal };

/** Which command records the provider's outcome. */
export interface OutcomeCommands {
  readonly onSuccess: (said: Omit<ProviderSaid, 'code' | 'detail'>) => PaymentCommand;
  /** Null where the payment keeps nothing of a refusal. */
  readonly onRefusal: (refusal: ProviderSaid) => PaymentCommand | null;
  /** The event of the request. */
  readonly cause: string | null;
}

/** What a provider said of a call, with the time that it took. */
export interface ProviderSaid extends Partial<Pick<Answer<unknown>, 'durationMs'>> {
  readonly code: string;
  readonly detail: string;
  readonly reference: string | null;
}

/** What a call came to, and how long it took. */
export interface Answer<Outcome> {
  readonly outcome: Outcome;
  /** Whole milliseconds. */
  readonly durationMs: number;
}

/** Calls a provider and takes the time. */
export async function timed<Outcome>(call: () => Promise<Outcome>): Promise<Answer<Outcome>> {
  const begun = performance.now();
  const outcome = await call();
  return { outcome, durationMs: Math.round(performance.now() - begun) };
}

/** Carries out the parts of every payment operation: record the request, call the provider, record its outcome. */
export class PaymentOperations {
  constructor(private readonly options: PaymentOperationsOptions) {}

  get checkouts(): CheckoutReader {
    return this.options.checkouts;
  }

  now(): number {
    return this.options.now();
  }

  /** @throws Error the payment went to a provider that this process is not set up for: the command is tried again */
  provider(name: string): PaymentProvider {
    const provider = this.options.providers.named(name);
    if (provider === undefined) throw new Error(`payments go to ${name}, which is no payment provider of this process`);
    return provider;
  }

  /** Reads the payment's own stream, which has a handful of events, whoever recorded them. */
  async recorded(paymentId: string): Promise<RecordedRequests> {
    const refunds = new Map<string, RecordedRequest>();
    const none = { token: null, authorization: null, capture: null, capturesRefused: 0, voidKey: null };
    let found: RecordedRequests = { ...none, state: paymentDecider.initialState(), refunds };
    for await (const recorded of this.options.eventStore.read(streamOf('payment', paymentId))) {
      const event = asEvent<PaymentEvent>(recorded);
      if (event.type === 'payment.refund-requested.v1') {
        refunds.set(event.data.refundId, { amount: event.data.amount, key: event.data.idempotencyKey });
      }
      found = { ...found, ...requestIn(event, found), state: paymentDecider.evolve(found.state, event) };
    }
    return found;
  }

  /** Records a request before the provider is called. */
  async request({ paymentId, context }: PaymentCommandContext, command: PaymentCommand): Promise<Requested> {
    const outcome = await execute(this.options.executor, {
      aggregate: paymentAggregate,
      id: paymentId,
      creates: command.type === 'request-payment',
      command,
      context: childContext(context, REQUEST_PART, context.causationId),
      answer: (state) => state,
    });
    if (outcome.kind === 'refused') return { ok: false, refusal: outcome.refusal };
    return { ok: true, state: outcome.answer, cause: lastEventOf(outcome) };
  }

  /** Records the provider's outcome. @throws ProviderOutcomeUnknownError there is none to record */
  async recordOutcome(
    payment: PaymentCommandContext,
    { outcome, durationMs }: Answer<ProviderOutcome>,
    { onSuccess, onRefusal, cause }: OutcomeCommands,
  ): Promise<Dispatched> {
    if (outcome.outcome === 'unknown') throw new ProviderOutcomeUnknownError(payment.paymentId, outcome.detail);
    const command =
      outcome.outcome === 'succeeded'
        ? onSuccess({ reference: outcome.reference, durationMs })
        : onRefusal({ ...refusalOf(outcome), durationMs });
    const recorded = command === null ? null : await this.recordFact(payment, command, cause);
    if (outcome.outcome === 'succeeded') return accepted(recorded ?? cause);
    const { code, detail, final } = outcome;
    return refused({ code, detail, ...(final && { extra: { final } }) }, recorded ?? cause);
  }

  /** Records a fact and answers the id of its event, null where it was known; `cause` is the event of the request. */
  async recordFact(
    { paymentId, context }: PaymentCommandContext,
    command: PaymentCommand,
    cause: string | null,
  ): Promise<string | null> {
    const outcome = await execute(this.options.executor, {
      aggregate: paymentAggregate,
      id: paymentId,
      command,
      context: childContext(context, 'record', cause ?? context.causationId),
      answer: () => null,
    });
    return lastEventOf(outcome);
  }
}

function requestIn(event: PaymentEvent, { capturesRefused }: RecordedRequests): Partial<RecordedRequests> {
  switch (event.type) {
    case 'payment.requested.v1': {
      const { token, amount, idempotencyKey } = event.data;
      return { token, authorization: { amount, key: idempotencyKey } };
    }
    case 'payment.capture-requested.v1':
      return {
        capture: { amount: event.data.amount, key: event.data.idempotencyKey, refusedBefore: capturesRefused },
      };
    case 'payment.capture-failed.v1':
      return { capturesRefused: capturesRefused + 1 };
    case 'payment.void-requested.v1':
      return { voidKey: event.data.idempotencyKey };
    default:
      return {};
  }
}

export const refusalOf = ({
  code,
  detail,
  reference,
}: Extract<ProviderOutcome, { outcome: 'refused' }>): Omit<ProviderSaid, 'durationMs'> => ({
  code,
  detail,
  reference: reference ?? null,
});

/** Makes the request to the provider. Without the token of a forgotten person the provider still knows key and reference. */
export function requestOf(
  paymentId: string,
  { token, state }: RecordedRequests,
  { key, amount }: RecordedRequest,
): PaymentRequest {
  if (state.status === 'none') throw new Error(`payment ${paymentId} was never asked for`);
  const { reference, terms } = state;
  return { paymentId, orderId: terms.orderId, idempotencyKey: key, token: token ?? '', amount, reference };
}

/** Refuses an operation that the provider has not, without a call: a person has to see to it. */
export const notSupported = ({ name }: PaymentProvider, operation: keyof ProviderCapabilities): Dispatched =>
  refused({
    code: 'PAYMENT.NOT_SUPPORTED',
    detail: `The payment provider ${name} has no ${OPERATION_NAMES[operation]}.`,
  });

const OPERATION_NAMES: Readonly<Record<keyof ProviderCapabilities, string>> = {
  partialCapture: 'capture of a part',
  multipleCaptures: 'capture in several parts',
  void: 'release of money that it holds',
  refund: 'refunds',
};
