import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { countedParts, REPORT_SUMS, reportSumsReadModel } from '../../projections/report-sums/index.js';
import type { CountedPart, ReportSumsDocument, SummedReport, SumOf } from '../../projections/report-sums/index.js';
import { isPeriod, isWithin } from '../shared/index.js';
import type { PlacedItem, ReportPlace, ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';
import { keyIn, SumsByKey, type Reporting } from './reports.js';

interface TallyReport<Report extends SummedReport, Item> {
  readonly report: Report;
  /** The dimension whose keys every event counts in once: what is grouped by time or channel is added up over them. */
  readonly base: string;
  readonly itemOf: (sums: Readonly<Record<SumOf<Report>, bigint>>, place: ReportPlace) => Item;
}

const { name: MODEL } = reportSumsReadModel;

/** Adds up what is counted of a report, by key and currency. */
export const tallyReport = <Report extends SummedReport, Item>(tally: TallyReport<Report, Item>): Reporting<Item> => ({
  report: tally.report,
  model: MODEL,
  items: (store, selection) => itemsOf(store, tally, selection),
});

async function itemsOf<Report extends SummedReport, Item>(
  store: ReadModelStore,
  { report, base, itemOf }: TallyReport<Report, Item>,
  selection: ReportSelection,
): Promise<readonly PlacedItem<Item>[]> {
  const names: readonly string[] = REPORT_SUMS[report];
  const sums = new SumsByKey<bigint[]>(() => names.map(() => 0n));
  const dimension = isPeriod(selection.by) || selection.by === 'channel' ? base : selection.by;
  for await (const part of partsIn(store, report, selection)) {
    if (part.dimension !== dimension) continue;
    const sum = sums.of(keyIn(selection, part, part.key), part.currency);
    part.sums.forEach((amount, at) => (sum[at] = (sum[at] ?? 0n) + amount));
  }
  return sums.items(({ key, currency, value }) => {
    const named = Object.fromEntries(names.map((sum, at) => [sum, value[at] ?? 0n]));
    return itemOf(named as Record<SumOf<Report>, bigint>, { key, currency });
  });
}

const HOUR = 'YYYY-MM-DDTHH';

/** What was counted in the span, quarter by quarter. */
async function* partsIn(
  store: ReadModelStore,
  report: SummedReport,
  { span, currency, channel }: ReportSelection,
): AsyncGenerator<CountedPart & { readonly currency: string }> {
  const range = rangeOf(span, HOUR.length);
  const scan = { collection: MODEL, index: 'by-hour', range, keyOf: ({ hour }: ReportSumsDocument) => [hour] };
  for await (const { doc } of documentsIn<ReportSumsDocument>(store, scan)) {
    if (currency !== undefined && doc.currency !== currency) continue;
    const parts = [...countedParts(doc)].filter(
      (part) => part.report === report && isWithin(span, part.at) && (channel ?? part.channel) === part.channel,
    );
    for (const part of parts) yield { ...part, currency: doc.currency };
  }
}
