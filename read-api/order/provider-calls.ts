import type { PaymentEvent } from '../../domain/payment/index.js';
import { asEvent, type RecordedEvent } from '../../infra/event-store/index.js';
import type { ProviderCall } from './order-causation.js';

/** A call of the payment provider, as its payment tells of it. */
export interface KnownCall {
  /** The event that recorded the request. */
  readonly request: RecordedEvent;
  readonly call: ProviderCall;
  /** The events that recorded its answers. */
  readonly answers: readonly RecordedEvent[];
}

type Operation = ProviderCall['operation'];

/** Asks for nothing: of no money the provider is not asked. */
type Request = { readonly operation: Operation; readonly of: string; readonly idempotencyKey: string } | null;

interface OpenCall {
  readonly request: RecordedEvent;
  readonly provider: string;
  readonly asked: NonNullable<Request>;
  readonly answers: RecordedEvent[];
  answer: string;
  durationMs: number | null;
}

/** Finds the calls among the events of a payment, which are in their order. */
export function callsIn(events: readonly RecordedEvent[]): readonly KnownCall[] {
  const calls: OpenCall[] = [];
  let provider = '';
  for (const recorded of events) {
    const event = asEvent<PaymentEvent>(recorded);
    if (event.type === 'payment.requested.v1') ({ provider } = event.data);
    const asked = requestIn(event);
    if (asked !== null) {
      calls.push({ request: recorded, provider, asked, answers: [], answer: 'no answer', durationMs: null });
      continue;
    }
    const answered = answerIn(event);
    if (answered === null) continue;
    const call = calls.findLast(
      ({ asked: { operation, of } }) => operation === answered.operation && of === answered.of,
    );
    if (call === undefined || recorded.metadata.actor.startsWith('webhook:')) continue;
    call.answers.push(recorded);
    call.answer = answered.answer;
    call.durationMs = answered.durationMs ?? null;
  }
  return calls.map(({ request, provider: by, asked, answers, answer, durationMs }) => {
    const { operation, idempotencyKey } = asked;
    return { request, answers, call: { provider: by, operation, idempotencyKey, answer, durationMs } };
  });
}

/** Of one payment there is one authorisation and one release, and any number of captures and refunds. */
function requestIn({ type, data }: PaymentEvent): Request {
  switch (type) {
    case 'payment.requested.v1':
      return data.amount.amount === 0 ? null : { operation: 'authorize', of: '', ...data };
    case 'payment.capture-requested.v1':
      return data.amount.amount === 0 ? null : { operation: 'capture', of: data.captureId, ...data };
    case 'payment.void-requested.v1':
      return { operation: 'void', of: '', ...data };
    case 'payment.refund-requested.v1':
      return { operation: 'refund', of: data.refundId, ...data };
    default:
      return null;
  }
}

interface Answered {
  readonly operation: Operation;
  readonly of: string;
  readonly answer: string;
  readonly durationMs?: number;
}

function answerIn({ type, data }: PaymentEvent): Answered | null {
  const said = { answer: answerOf(type, data), ...('durationMs' in data ? { durationMs: data.durationMs } : {}) };
  switch (type) {
    case 'payment.authorized.v1':
    case 'payment.declined.v1':
    case 'payment.action-required.v1':
      return { operation: 'authorize', of: '', ...said };
    case 'payment.captured.v1':
    case 'payment.capture-failed.v1':
      return { operation: 'capture', of: data.captureId, ...said };
    case 'payment.voided.v1':
      return { operation: 'void', of: '', ...said };
    case 'payment.refunded.v1':
    case 'payment.refund-failed.v1':
      return { operation: 'refund', of: data.refundId, ...said };
    default:
      return null;
  }
}

/** `payment.capture-failed.v1` → `capture failed: PAYMENT.CAPTURE_REFUSED`. */
function answerOf(type: string, data: object): string {
  const words = type.slice(type.indexOf('.') + 1, type.lastIndexOf('.')).replaceAll('-', ' ');
  return 'code' in data ? `${words}: ${String(data.code)}` : words;
}
