import type { AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { BY_HOUR, countedParts, REPORT_SUMS } from '../../projections/report-sums/index.js';
import type { CountedPart, ReportSumsDocument, SummedReport, SumOf } from '../../projections/report-sums/index.js';
import type { NamedSchema } from '../../domain/shared/schema.js';
import { isPeriod, isWithin } from '../shared/index.js';
import type { ReportPlace, ReportSelection } from '../shared/index.js';
import { documentsIn, rangeOf } from './documents-in.js';
import { keyIn, SumsByKey, type Reporting } from './reports.js';

/** A report that adds up sums which a read model keeps by the quarter of an hour. */
export interface TallyReport<Sums extends SummedReport = SummedReport, Item = object> {
  readonly report: string;
  /** Keeps the sums. */
  readonly model: AnyReadModel;
  readonly sums: Sums;
  /** The dimension whose keys every event counts in once: what is grouped by time or channel is added up over them. */
  readonly base: string;
  /**
   * Which events make what is counted in a span of time: those of the span alone, also those before it as they decide what these count
   * as, or also those after it as what began in the span goes on.
   */
  readonly events: 'of-span' | 'from-start' | 'to-end';
  readonly item: NamedSchema<Item>;
  /** The key in the report of one that is kept. */
  readonly keyOf?: (key: string, selection: ReportSelection) => string;
  itemOf(sums: Readonly<Record<SumOf<Sums>, bigint>>, place: ReportPlace): Item;
}

const HOUR = 'YYYY-MM-DDTHH';

/** Adds up what is counted of a report, by key and currency. */
export const tallyReport = <Sums extends SummedReport, Item>(tally: TallyReport<Sums, Item>): Reporting<Item> => ({
  report: tally.report,
  model: tally.model.name,
  items: async (store, selection) => {
    const sums = new SumsByKey(() => new Sum(tally));
    const range = rangeOf(selection.span, HOUR.length);
    const keyOf = ({ hour }: ReportSumsDocument) => [hour];
    const scan = { collection: tally.model.name, index: BY_HOUR.name, range, keyOf };
    for await (const { doc } of documentsIn<ReportSumsDocument>(store, scan)) {
      if ((selection.currency ?? doc.currency) !== doc.currency) continue;
      for (const part of countedParts(doc)) {
        const place = placeOf(tally, selection, part);
        if (place !== null) sums.of(place.key, place.currency).add(part);
      }
    }
    return sums.items(({ key, currency, value }) => value.item({ key, currency }));
  },
});

/** An item of a report while it is added up. */
export class Sum<Sums extends SummedReport, Item> {
  readonly #names: readonly string[];
  readonly #sums: bigint[];

  constructor(private readonly tally: TallyReport<Sums, Item>) {
    this.#names = REPORT_SUMS[tally.sums];
    this.#sums = this.#names.map(() => 0n);
  }

  add({ sums }: CountedPart): void {
    for (const [place, amount] of sums.entries()) {
      if (amount !== '0') this.#sums[place] = (this.#sums[place] ?? 0n) + BigInt(amount);
    }
  }

  item(place: ReportPlace): Item {
    const named = Object.fromEntries(this.#names.map((name, at) => [name, this.#sums[at] ?? 0n]));
    return this.tally.itemOf(named as Record<SumOf<Sums>, bigint>, place);
  }
}

/** Which item of the report a part counts in; null where it counts in none. */
export function placeOf(
  { sums, base, keyOf = (key) => key }: Pick<TallyReport, 'sums' | 'base' | 'keyOf'>,
  selection: ReportSelection,
  part: CountedPart,
): ReportPlace | null {
  const dimension = isPeriod(selection.by) || selection.by === 'channel' ? base : selection.by;
  if (part.report !== sums || part.dimension !== dimension) return null;
  const { span, channel = part.channel, currency = part.currency } = selection;
  if (part.channel !== channel || part.currency !== currency || !isWithin(span, part.at)) return null;
  return { key: keyIn(selection, part, keyOf(part.key, selection)), currency };
}
