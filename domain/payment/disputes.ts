import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import type { RecordDispute, RecordDisputeClosed } from './commands.js';
import type { PaymentEvent } from './events.js';
import { saidOf } from './outcomes.js';
import * as refusal from './refusals.js';
import { isCaptured } from './state.js';
import type { Payment } from './state.js';

// What the buyer's bank asks back. Providers tell in any order: one that is closed was opened, and is not opened again.

type Decided = Decision<PaymentEvent>;

export function recordDispute({ type: _type, ...dispute }: RecordDispute, state: Payment): Decided {
  if (!isCaptured(state)) return refusal.conflictingOutcome(state.status, 'disputed');
  if (state.disputes.has(dispute.reference)) return accept();
  return accept({ type: 'payment.disputed.v1', data: { ...saidOf(state, dispute.reference), ...dispute } });
}

export function recordDisputeClosed({ type: _type, ...closed }: RecordDisputeClosed, state: Payment): Decided {
  if (!isCaptured(state)) return refusal.conflictingOutcome(state.status, 'disputed');
  const outcome = state.disputes.get(closed.reference) ?? null;
  if (outcome === closed.outcome) return accept();
  if (outcome !== null) return refusal.conflictingOutcome(`${outcome} in this dispute`, closed.outcome);
  return accept({ type: 'payment.dispute-closed.v1', data: { ...saidOf(state, closed.reference), ...closed } });
}
