import type { LineFormat } from './ndjson-file.js';

/** A line of a baskets file. */
export interface Basket {
  readonly basketId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

interface Line {
  readonly sku?: unknown;
  readonly quantity?: unknown;
}

export const BASKETS: LineFormat<Basket> = {
  flaw: ({ basketId, lines }) => {
    if (typeof basketId !== 'string' || basketId === '') return 'has no basketId, a text';
    if (!Array.isArray(lines) || lines.length === 0) return 'has no lines';
    return lines.every(isLine) ? undefined : 'has a line without a sku and a quantity, a whole number above 0';
  },
  key: ({ basketId }) => basketId,
  keyName: 'basketId',
};

const isLine = (line: Line | null): boolean =>
  typeof line?.sku === 'string' && Number.isSafeInteger(line.quantity) && Number(line.quantity) > 0;
