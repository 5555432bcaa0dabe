export const SALES_DIMENSIONS = ['day', 'category', 'sku'] as const;
export type SalesDimension = (typeof SALES_DIMENSIONS)[number];

/** What was sold on one day. */
export interface SalesCount {
  orders: number;
  units: number;
  /**
   * Lines after discounts, without tax and shipping, in minor units as text of its digits: each order's amount is exact,
   * and a sum of them may go beyond what a JSON number keeps.
   */
  revenue: string;
}

/**
 * What was sold of one key in one currency in one month, by day of the month (`"05"`), so that a report over any days
 * adds up few documents, and an order writes one document per key that it touches. Sums that fall to zero stay.
 */
export interface SalesDocument {
  by: SalesDimension;
  /** The UTC day (`2026-11-05`), the category or the SKU. */
  key: string;
  currency: string;
  /** `2026-11` */
  month: string;
  days: Record<string, SalesCount>;
}

/** What a document counts; `|` cannot be in the parts before the key, which comes last. */
export interface SalesSlot {
  readonly by: SalesDimension;
  readonly currency: string;
  readonly month: string;
  readonly key: string;
}

export const slotId = ({ by, currency, month, key }: SalesSlot): string => `${by}|${currency}|${month}|${key}`;

const SLOT = /^(day|category|sku)\|([^|]+)\|([^|]+)\|(.*)$/s;

export function slotOf(id: string): SalesSlot {
  const [, by, currency, month, key] = SLOT.exec(id) ?? [];
  if (by === undefined || currency === undefined || month === undefined || key === undefined) {
    throw new RangeError(`${id} names no sales document`);
  }
  return { by: by as SalesDimension, currency, month, key };
}
