import type { Schema } from '../../../shared/api/index.js';
import { majorUnits } from '../../../shared/format/index.js';
import type { Labels } from '../form/differences.js';
import { currencyIn, filled, someText, type MoneyDraft, type Reading } from '../form/draft-reader.js';
import { wallTime } from '../form/shop-times.js';
import { TimedReader } from '../form/timed-reader.js';

export type Prices = Schema<'SetPricesBody'>;
type PriceRow = Prices['prices'][number];

/** A price with its conditions as it is typed; times by the clock of the shop. */
export interface PriceDraft extends MoneyDraft {
  minQuantity: string;
  customerGroup: string;
  channel: string;
  list: string;
  from: string;
  to: string;
}

/** All prices of a product as they are typed. */
export interface PricesDraft {
  prices: PriceDraft[];
}

export const NO_PRICE: PriceDraft = {
  amount: '',
  currency: 'USD',
  minQuantity: '',
  customerGroup: '',
  channel: '',
  list: '',
  from: '',
  to: '',
};

export function labelsOf(zone: string): Labels {
  const write = (at: string): string => wallTime(at, zone).replace('T', ' ');
  return {
    prices: 'Price',
    amount: 'Amount',
    currency: 'Currency',
    minQuantity: 'Units from',
    customerGroup: 'Customer group',
    channel: 'Channel',
    list: 'Price list',
    from: ['From', write],
    to: ['Until', write],
  };
}

export const pricesDraft = (prices: readonly Schema<'ProductPrice'>[], zone: string): PricesDraft => ({
  prices: prices.map((row) => ({
    amount: majorUnits(row),
    currency: row.currency,
    minQuantity: row.minQuantity === undefined ? '' : String(row.minQuantity),
    customerGroup: row.customerGroup ?? '',
    channel: row.channel ?? '',
    list: row.list ?? '',
    from: row.from === undefined ? '' : wallTime(row.from, zone),
    to: row.to === undefined ? '' : wallTime(row.to, zone),
  })),
});

/** Reads what was typed; times are those of the shop's clock. */
export function readPrices({ prices }: PricesDraft, zone: string): Reading<Prices> {
  const reader = new TimedReader(zone);
  const rows = prices.map((row, index) => {
    const path = `prices.${index}`;
    return {
      amount: reader.amount(`${path}.amount`, row, 0),
      currency: currencyIn(row.currency) as PriceRow['currency'],
      ...filled({
        minQuantity: reader.whole(`${path}.minQuantity`, row.minQuantity),
        customerGroup: someText(row.customerGroup),
        channel: someText(row.channel),
        list: someText(row.list),
        from: reader.time(`${path}.from`, row.from),
        to: reader.time(`${path}.to`, row.to),
      }),
    };
  });
  return reader.reading({ prices: rows });
}
