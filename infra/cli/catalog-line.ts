import type { LineFormat } from './ndjson-file.js';

/** A line of a catalogue file. `stock` is received once, at the default location. */
export interface CatalogLine {
  readonly sku: string;
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly taxClass?: string;
  /** `gift-card`, else goods; a known product keeps its own. */
  readonly kind?: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock?: number;
}

/** What the engine does not check itself: it never sees a line's stock before the product is made. */
export const CATALOG_LINES: LineFormat<CatalogLine> = {
  flaw: ({ sku, price, stock = 0 }) => {
    if (typeof sku !== 'string' || sku === '') return 'has no sku, a text';
    if (typeof price !== 'object' || price === null) return 'has no price, {amount, currency}';
    return Number.isSafeInteger(stock) && Number(stock) >= 0
      ? undefined
      : 'has a stock that is no whole number of 0 or more';
  },
  key: ({ sku }) => sku,
  keyName: 'SKU',
};
