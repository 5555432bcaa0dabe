import type { RecordFormat } from './ndjson-file.js';

/** A line of a file with coupons. */
export interface CouponLine {
  readonly code: string;
  readonly uses?: number;
  readonly usesPerCustomer?: number;
}

const COLUMNS = ['code', 'uses', 'usesPerCustomer'];
const MOST_USES = 1_000_000_000;
const isLimit = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MOST_USES);

/** What the engine does not check of a line by itself: it is sent many at once. */
export const COUPON_LINES: RecordFormat<CouponLine> = {
  columns: COLUMNS,
  ofRow: ({ uses, usesPerCustomer, ...row }) => ({
    ...row,
    ...(uses !== undefined && { uses: Number(uses) }),
    ...(usesPerCustomer !== undefined && { usesPerCustomer: Number(usesPerCustomer) }),
  }),
  flaw: (line) => {
    const { code, uses, usesPerCustomer } = line;
    if (typeof code !== 'string' || code.trim() === '') return 'has no code, a text';
    if (!isLimit(uses) || !isLimit(usesPerCustomer))
      return `has a limit that is no whole number from 1 to ${MOST_USES}`;
    const unknown = Object.keys(line).find((name) => !COLUMNS.includes(name));
    return unknown === undefined ? undefined : `has a member ${unknown}; known are ${COLUMNS.join(', ')}`;
  },
  key: ({ code }) => codeOf(code),
  keyName: 'code',
};

/** As the engine compares codes. */
export const codeOf = (code: string): string => code.trim().toUpperCase();
