import { choice, errorCode, named, object, optional, text, time } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { Attention, AttentionCode } from './events.js';
import type { OrderStatus } from './state.js';

// Why an order needs a person, as staff is shown it, counted and alerted by. Everything that asks for it asks here.

/** A process that waits for a person, money that was refused for good, events that cannot be shown, and a checkout that takes too long. */
export const ATTENTION_REASONS = ['saga-stuck', 'capture-failed', 'refund-failed', 'events-parked', 'pending'] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

/** Whatever else needs a person has stopped the process that flagged it. */
const REASON_OF: Partial<Record<AttentionCode, AttentionReason>> = {
  'PAYMENT.CAPTURE_FAILED': 'capture-failed',
  'PAYMENT.REFUND_FAILED': 'refund-failed',
};

export const AttentionView = named(
  'OrderAttention',
  object(
    {
      reason: choice(ATTENTION_REASONS, 'What kind of help it needs.', 'capture-failed'),
      since: time('Since when.'),
      detail: text(
        'What is wrong and what can be done.',
        'The money could not be captured; try again or ask the buyer.',
      ),
      code: optional(errorCode('What was refused, or runs out.', 'PAYMENT.CAPTURE_FAILED')),
      refundId: optional(text('Of a refund that failed.', 'rf_1')),
    },
    'Why an order needs a person.',
  ),
);
export type AttentionView = Of<typeof AttentionView>;

/** A flag of an order and when it was raised, RFC 3339 UTC. */
export interface RaisedFlag extends Attention {
  readonly at: string;
}

/** What an order's reasons follow from. */
export interface NeedyOrder {
  readonly status: OrderStatus;
  /** RFC 3339 UTC. */
  readonly placedAt: string;
  readonly attention: readonly RaisedFlag[];
}

const STUCK = 'A process of the order goes on only once a person does something.';
const PENDING = 'The checkout should have come to an end long ago; see its process.';
const PARKED = 'An event could not be applied to what is shown of the order, which is therefore of the past.';

/** Lists the reasons of the flags, as they were raised; one of them at least has stopped a process. */
export function reasonsOf(flags: readonly RaisedFlag[]): readonly AttentionView[] {
  const [first] = flags;
  if (first === undefined) return [];
  const reasons = flags.map(({ at, code, ...flag }): AttentionView => ({
    reason: REASON_OF[code] ?? 'saga-stuck',
    since: at,
    code,
    ...flag,
  }));
  if (reasons.some(({ reason }) => reason === 'saga-stuck')) return reasons;
  return [...reasons, { reason: 'saga-stuck', since: first.at, detail: STUCK }];
}

/** A checkout that takes longer, in milliseconds, needs a person. */
const LONGEST_PENDING_MS = 60_000;

/** @param now milliseconds since the epoch */
const isPendingLong = ({ status, placedAt }: Omit<NeedyOrder, 'attention'>, now: number): boolean =>
  status === 'pending' && now - Date.parse(placedAt) > LONGEST_PENDING_MS;

/** Lists every reason that the order itself tells at a time, in milliseconds since the epoch. */
export function attentionAt(order: NeedyOrder, now: number): readonly AttentionView[] {
  const reasons = reasonsOf(order.attention);
  return isPendingLong(order, now)
    ? [...reasons, { reason: 'pending', since: order.placedAt, detail: PENDING }]
    : reasons;
}

/** The reason of an order that lacks events since a time, RFC 3339 UTC. */
export const partlyShown = (since: string): AttentionView => ({ reason: 'events-parked', since, detail: PARKED });
