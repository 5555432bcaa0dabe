import type { CheckoutAdmitted, QuotaEvent } from './events.js';

export interface Admission {
  readonly cartId: string;
  /** Milliseconds. */
  readonly at: number;
}

/** What a client has under way, and how its checkouts have ended of late. */
export interface QuotaState {
  /** Checkouts that nobody has seen ended, by order id. */
  readonly admitted: Map<string, Admission>;
  /** Checkouts in a row that were not confirmed. */
  refusals: number;
  /** When the last one was admitted, milliseconds; 0 where none was. */
  lastAt: number;
}

export const noQuota = (): QuotaState => ({ admitted: new Map(), refusals: 0, lastAt: 0 });

export const evolve = (state: QuotaState, { data }: QuotaEvent): QuotaState => {
  const at = Date.parse(data.admittedAt);
  state.refusals = refusalsAfter(state, data.ended, at);
  for (const { orderId } of data.ended) state.admitted.delete(orderId);
  state.admitted.set(data.orderId, { cartId: data.cartId, at });
  state.lastAt = at;
  return state;
};

/** What is long ago is forgiven. */
const FORGIVEN_MS = 3_600_000;

/** Refusals in a row once these have ended; a confirmed order shows that the client means to pay. */
export const refusalsAfter = (
  { refusals, lastAt }: Pick<QuotaState, 'refusals' | 'lastAt'>,
  ended: CheckoutAdmitted['data']['ended'],
  now: number,
): number => {
  if (now - lastAt >= FORGIVEN_MS) return 0;
  return ended.reduce((count, one) => (one.as === 'confirmed' ? 0 : count + (one.as === 'refused' ? 1 : 0)), refusals);
};
