import type { Admission, QuotaState } from './decider.js';

/** A checkout that was admitted and is not known to have ended. */
export interface AdmittedCheckout extends Admission {
  readonly orderId: string;
}

/** Lists the checkouts of a client whose standing has to be known before the next one is admitted. */
export const admittedCheckouts = ({ admitted }: QuotaState): readonly AdmittedCheckout[] =>
  Array.from(admitted, ([orderId, admission]) => ({ orderId, ...admission }));
