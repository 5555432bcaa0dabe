import { randomUUID } from 'node:crypto';

/** Marks a bigint on its way through JSON; of this process alone, so that no text of a client can look like one. */
const MARK = randomUUID();
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** JSON in which a bigint is a number with all its digits; node's own refuses bigints. */
export const exactJson = (value: unknown): string => JSON.stringify(value, marked).replace(MARKED, '$1');

const marked = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${MARK}${value}` : value);
