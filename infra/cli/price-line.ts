import type { RecordFormat } from './ndjson-file.js';

/** A line of a file with prices: a row of a product. */
export interface PriceLine {
  readonly sku: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly minQuantity?: number;
  readonly list?: string;
  readonly customerGroup?: string;
  readonly channel?: string;
  readonly from?: string;
  readonly to?: string;
}

const TEXTS = ['sku', 'currency', 'list', 'customerGroup', 'channel', 'from', 'to'];
const COLUMNS = [...TEXTS, 'amount', 'minQuantity'];
const isCount = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && Number(value) >= least;

/** What can be said of a line by itself; the engine looks at all rows of a product together. */
export const PRICE_LINES: RecordFormat<PriceLine> = {
  columns: COLUMNS,
  ofRow: ({ amount, minQuantity, ...row }) => ({
    ...row,
    ...(amount !== undefined && { amount: Number(amount) }),
    ...(minQuantity !== undefined && { minQuantity: Number(minQuantity) }),
  }),
  flaw: (line) => {
    const { sku, currency, amount, minQuantity } = line;
    if (typeof sku !== 'string' || sku === '') return 'has no sku, a text';
    if (typeof currency !== 'string') return 'has no currency, a text';
    if (!isCount(amount, 0)) return 'has no amount, a whole number of minor units of 0 or more';
    if (minQuantity !== undefined && !isCount(minQuantity, 2))
      return 'has a minQuantity that is no whole number from 2 on';
    const wrong = TEXTS.find((name) => line[name] !== undefined && typeof line[name] !== 'string');
    if (wrong !== undefined) return `has a ${wrong} that is no text`;
    const unknown = Object.keys(line).find((name) => !COLUMNS.includes(name));
    return unknown === undefined ? undefined : `has a member ${unknown}; known are ${COLUMNS.join(', ')}`;
  },
  key: ({ sku, currency, minQuantity, list, customerGroup, channel, from, to }) =>
    [sku, currency, minQuantity, list, customerGroup, channel, from, to].filter((one) => one !== undefined).join(' '),
  keyName: 'the price',
};
