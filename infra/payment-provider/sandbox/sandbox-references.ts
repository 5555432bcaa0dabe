import { hash } from 'node:crypto';

// The sandbox keeps nothing, so its names for things follow from ours.

const LENGTH = 32;

/** `re_…`: the same for the same key. */
export const named = (kind: string, key: string): string => `${kind}_${hash('sha256', key, 'hex').slice(0, LENGTH)}`;

/** What the sandbox calls a payment. */
export const referenceOf = (paymentId: string): string => named('pay', paymentId);
