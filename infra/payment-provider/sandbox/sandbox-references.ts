import { hash } from 'node:crypto';

// The sandbox stores nothing, so it derives its references from our ids.

const LENGTH = 32;

/** Derives `re_…` from a key. */
export const named = (kind: string, key: string): string => `${kind}_${hash('sha256', key, 'hex').slice(0, LENGTH)}`;

/** Derives the sandbox's reference of a payment. */
export const referenceOf = (paymentId: string): string => named('pay', paymentId);
