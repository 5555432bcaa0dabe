import { accept, refuse } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Refused } from '../shared/index.js';
import type { AdmitCheckout, QuotaCommand } from './commands.js';
import type { EndedCheckout, QuotaEvent } from './events.js';

export interface Admission {
  readonly cartId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The checkouts of one client that are pending, and how its last ones have ended. */
export interface QuotaState {
  /** Checkouts that are not known to have ended, by order id. */
  readonly admitted: Map<string, Admission>;
  /** Refused checkouts since the last one that was confirmed. */
  refusals: number;
  /** When the last checkout was admitted, milliseconds since the epoch; 0 where none was. */
  lastAt: number;
}

const initialState = (): QuotaState => ({ admitted: new Map(), refusals: 0, lastAt: 0 });

function evolve(state: QuotaState, { data }: QuotaEvent): QuotaState {
  const at = Date.parse(data.admittedAt);
  state.refusals = refusalsAfter(state, data.ended, at);
  for (const { orderId } of data.ended) state.admitted.delete(orderId);
  state.admitted.set(data.orderId, { cartId: data.cartId, at });
  state.lastAt = at;
  return state;
}

/** Refusals no longer count when the client has been quiet for so long. */
const REFUSALS_COUNT_MS = 3_600_000;

/** Counts the refusals in a row once these checkouts have ended; a confirmed order starts the count anew. */
function refusalsAfter(
  { refusals, lastAt }: Pick<QuotaState, 'refusals' | 'lastAt'>,
  ended: readonly EndedCheckout[],
  now: number,
): number {
  if (now - lastAt >= REFUSALS_COUNT_MS) return 0;
  return ended.reduce((count, one) => (one.as === 'confirmed' ? 0 : count + (one.as === 'refused' ? 1 : 0)), refusals);
}

/** Checkouts of one client that may be unsettled at a time. */
const MOST_PENDING = 5;
/** Refusals in a row that cost no pause: a buyer mistypes a card, or finds the last unit sold. */
const FREE_REFUSALS = 5;
const LONGEST_PAUSE_S = 300;
/** A pending checkout ends within 30 s where the provider is silent; most end much sooner. */
const WAIT_FOR_ONE_S = 5;

/** Decides whether a client may check out now. Its stream decides, so that the limit holds across processes and restarts. */
export function admitCheckout(command: AdmitCheckout, state: QuotaState): Decision<QuotaEvent> {
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
}

/** Computes the seconds left of the pause, which doubles with each refusal and begins at the last admission. */
function pauseLeft(refusals: number, lastAt: number, now: number): number {
  if (refusals < FREE_REFUSALS) return 0;
  const pause = Math.min(2 ** (refusals - FREE_REFUSALS), LONGEST_PAUSE_S);
  return Math.max(0, Math.ceil(pause - (now - lastAt) / 1000));
}

const tooManyPending = (): Refused =>
  refuse('CHECKOUT.TOO_MANY_PENDING', `${MOST_PENDING} checkouts are not settled yet: wait until one of them is.`, {
    retryAfter: WAIT_FOR_ONE_S,
  });

const paused = (seconds: number): Refused =>
  refuse('CHECKOUT.PAUSED', `Too many checkouts came to nothing: the next one may be tried in ${seconds} seconds.`, {
    retryAfter: seconds,
  });

export const quotaDecider: Decider<QuotaState, QuotaCommand, QuotaEvent> = {
  initialState,
  decide: admitCheckout,
  evolve,
};

/** Stream `quota-{client}`. */
export const quotaAggregate: Aggregate<QuotaState, QuotaCommand, QuotaEvent> = {
  category: 'quota',
  decider: quotaDecider,
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
