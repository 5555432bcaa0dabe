import type { ReadStore } from '../../infra/read-store/index.js';
import type { SalesDimension, SalesDocument } from '../../projections/sales/index.js';

/** What a report is about; days are inclusive. */
export interface SalesSelection {
  readonly by: SalesDimension;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly currency?: string | undefined;
}

/** The sales of one month in one currency, a sequence of documents by key. */
export interface SalesMonth {
  readonly currency: string;
  readonly month: string;
}

/** Comes after every text, in order of code points. */
export const AFTER_ALL = '\u{10ffff}';

/** The months in which something of the selection may have been sold: one step along the index for each there is. */
export async function monthsOf(store: ReadStore, selection: SalesSelection): Promise<readonly SalesMonth[]> {
  const months: SalesMonth[] = [];
  let last: SalesMonth | undefined;
  for (;;) {
    const after = last === undefined ? {} : { after: [last.currency, last.month, AFTER_ALL, AFTER_ALL] };
    const query = { index: 'by-month', equals: [selection.by], ...after, limit: 1 };
    const [next] = await store.find<SalesDocument>('sales', query);
    if (next === undefined) return months;
    last = { currency: next.doc.currency, month: next.doc.month };
    if (isSelected(last, selection)) months.push(last);
  }
}

/** Whether something of a month may be part of the report. */
export function isSelected({ currency, month }: SalesMonth, { from, to, currency: wanted }: SalesSelection): boolean {
  if (wanted !== undefined && currency !== wanted) return false;
  return (from === undefined || month >= from.slice(0, 7)) && (to === undefined || month <= to.slice(0, 7));
}
