import { invalid, problem } from '../../infra/http/index.js';
import { daysOf, isPeriod, localDays, spanOf } from '../shared/index.js';
import type { AsOf, ReportScope, ReportSelection } from '../shared/index.js';

export const noItem = () => problem('REPORT.ITEM_NOT_FOUND', 'The report has no such item.');

/** The time up to which an item is explained. @throws ProblemError 400 naming `asOf` */
export function timeOf(asOf: AsOf | undefined): string | undefined {
  if (asOf === undefined) return undefined;
  if ('time' in asOf) return asOf.time;
  throw invalid('asOf', 'must be a time: a report has no revisions');
}

export interface AskedItem {
  readonly by: string;
  readonly key: string;
  /** Undefined where the report has none. */
  readonly currency: string | undefined;
}

/** What an item counts: where it is of a day, week or month, that alone. @throws ProblemError REPORT.ITEM_NOT_FOUND */
export async function selectionOfItem({ by, key, currency }: AskedItem, scope: ReportScope): Promise<ReportSelection> {
  const { timeZone = 'UTC', channel } = scope;
  const days = await localDays(timeZone);
  const own = isPeriod(by) ? daysOf(by, key) : {};
  if (own === null) throw noItem();
  const [item, asked] = [spanOf(days, own), spanOf(days, scope)];
  const span = { from: latest(item.from, asked.from), to: earliest(item.to, asked.to) };
  return { by, timeZone, currency, channel, days, span };
}

const latest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;
const earliest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;
