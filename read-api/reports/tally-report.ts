import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { BY_HOUR, countedParts, REPORT_SUMS } from '../../projections/report-sums/index.js';
import type { CountedPart, ReportSumsDocument, SummedReport, SumOf } from '../../projections/report-sums/index.js';
import { isPeriod, isWithin } from '../shared/index.js';
import type { PlacedItem, ReportPlace, ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';
import { keyIn, SumsByKey, type Reporting } from './reports.js';

interface TallyReport<Sums extends SummedReport, Item> {
  readonly report: string;
  /** The read model that keeps the sums. */
  readonly model: string;
  readonly sums: Sums;
  /** The dimension whose keys every event counts in once: what is grouped by time or channel is added up over them. */
  readonly base: string;
  /** The key in the report of one that is kept. */
  readonly keyOf?: (key: string, selection: ReportSelection) => string;
  readonly itemOf: (sums: Readonly<Record<SumOf<Sums>, bigint>>, place: ReportPlace) => Item;
}

/** Adds up what is counted of a report, by key and currency. */
export const tallyReport = <Sums extends SummedReport, Item>(tally: TallyReport<Sums, Item>): Reporting<Item> => ({
  report: tally.report,
  model: tally.model,
  items: (store, selection) => itemsOf(store, tally, selection),
});

async function itemsOf<Sums extends SummedReport, Item>(
  store: ReadModelStore,
  { model, sums: summed, base, keyOf = (key) => key, itemOf }: TallyReport<Sums, Item>,
  selection: ReportSelection,
): Promise<readonly PlacedItem<Item>[]> {
  const names: readonly string[] = REPORT_SUMS[summed];
  const sums = new SumsByKey<bigint[]>(() => names.map(() => 0n));
  const dimension = isPeriod(selection.by) || selection.by === 'channel' ? base : selection.by;
  for await (const part of partsIn(store, model, selection)) {
    if (part.report !== summed || part.dimension !== dimension) continue;
    const sum = sums.of(keyIn(selection, part, keyOf(part.key, selection)), part.currency);
    part.sums.forEach((amount, at) => (sum[at] = (sum[at] ?? 0n) + BigInt(amount)));
  }
  return sums.items(({ key, currency, value }) => {
    const named = Object.fromEntries(names.map((sum, at) => [sum, value[at] ?? 0n]));
    return itemOf(named as Record<SumOf<Sums>, bigint>, { key, currency });
  });
}

const HOUR = 'YYYY-MM-DDTHH';

/** What was counted in the span, quarter by quarter. */
async function* partsIn(
  store: ReadModelStore,
  collection: string,
  { span, currency, channel }: ReportSelection,
): AsyncGenerator<CountedPart & { readonly currency: string }> {
  const range = rangeOf(span, HOUR.length);
  const scan = { collection, index: BY_HOUR.name, range, keyOf: ({ hour }: ReportSumsDocument) => [hour] };
  for await (const { doc } of documentsIn<ReportSumsDocument>(store, scan)) {
    if (currency !== undefined && doc.currency !== currency) continue;
    for (const part of countedParts(doc)) {
      const isOther = !isWithin(span, part.at) || (channel ?? part.channel) !== part.channel;
      if (!isOther) yield { ...part, currency: doc.currency };
    }
  }
}
