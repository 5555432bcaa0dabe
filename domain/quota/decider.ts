import { accept, refuse } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Refused } from '../shared/index.js';
import type { AdmitCheckout, QuotaCommand } from './commands.js';
import type { EndedCheckout, QuotaEvent } from './events.js';
import { evolve, noQuota, refusalsAfter } from './state.js';
import type { QuotaState } from './state.js';

/** Checkouts of one client that may be unsettled at a time. */
const MOST_PENDING = 5;
/** Refusals in a row that cost no pause: a buyer mistypes a card, or is too late for the last one. */
const FREE_REFUSALS = 5;
const LONGEST_PAUSE_S = 300;
/** A provider that is silent is given up within 30 s. */
const WAIT_FOR_ONE_S = 5;

/** Whether a client may check out now. Its stream decides, so that it holds for every process and after a restart. */
export const admitCheckout = (command: AdmitCheckout, state: QuotaState): Decision<QuotaEvent> => {
  const { client, orderId, cartId, now, standings } = command;
  if (state.admitted.has(orderId)) return accept();
  const ended: EndedCheckout[] = [];
  let pending = 0;
  for (const earlier of state.admitted.keys()) {
    const standing = standings.get(earlier) ?? 'pending';
    if (standing === 'pending') pending++;
    else ended.push({ orderId: earlier, as: standing });
  }
  if (pending >= MOST_PENDING) return tooManyPending();
  const pause = pauseLeft(refusalsAfter(state, ended, Date.parse(now)), state.lastAt, Date.parse(now));
  if (pause > 0) return paused(pause);
  const data = { client, orderId, cartId, admittedAt: now, ended };
  return accept({ type: 'quota.checkout-admitted.v1', data });
};

/** Seconds, doubled with each further refusal, from when the last checkout was admitted. */
const pauseLeft = (refusals: number, lastAt: number, now: number): number => {
  if (refusals < FREE_REFUSALS) return 0;
  const pause = Math.min(2 ** (refusals - FREE_REFUSALS), LONGEST_PAUSE_S);
  return Math.max(0, Math.ceil(pause - (now - lastAt) / 1000));
};

const tooManyPending = (): Refused =>
  refuse('CHECKOUT.TOO_MANY_PENDING', `${MOST_PENDING} checkouts are not settled yet: wait until one of them is.`, {
    retryAfter: WAIT_FOR_ONE_S,
  });

const paused = (seconds: number): Refused =>
  refuse('CHECKOUT.PAUSED', `Too many checkouts came to nothing: the next one may be tried in ${seconds} seconds.`, {
    retryAfter: seconds,
  });

const decider: Decider<QuotaState, QuotaCommand, QuotaEvent> = {
  initialState: noQuota,
  decide: admitCheckout,
  evolve,
};

/** Stream `quota-{client}`: what one client has under way. */
export const quotaAggregate: Aggregate<QuotaState, QuotaCommand, QuotaEvent> = {
  category: 'quota',
  decider,
  snapshot: {
    version: 1,
    write: ({ admitted, refusals, lastAt }) => ({
      admitted: [...admitted].map(([orderId, { cartId, at }]) => ({ orderId, cartId, at })),
      refusals,
      lastAt,
    }),
    read: (json) => {
      const { admitted, ...counts } = json as object as QuotaSnapshot;
      return { ...counts, admitted: new Map(admitted.map(({ orderId, ...admission }) => [orderId, admission])) };
    },
  },
};

interface QuotaSnapshot {
  readonly admitted: readonly { readonly orderId: string; readonly cartId: string; readonly at: number }[];
  readonly refusals: number;
  readonly lastAt: number;
}
