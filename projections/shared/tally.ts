import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { DomainEvent } from '../../domain/shared/index.js';
import { readModel, type AnyReadModel, type Fold, type ReadModel } from '../../infra/engine/projections/read-model.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { quarterOf } from './quarters.js';

/** What one event adds to the sums of a report, all of it in one currency and one channel. */
export interface Tally<Sum extends string> {
  readonly currency: string;
  /** Code of the channel; the default one where it is absent. */
  readonly channel?: string | undefined;
  /** Each once in every dimension that the report can be grouped by. */
  readonly parts: readonly TallyPart<Sum>[];
}

interface TallyPart<Sum extends string> {
  /** What it is grouped by; without a blank. */
  readonly dimension: string;
  readonly key: string;
  /** Whole numbers, money in minor units; a sum that is absent gets nothing. */
  readonly adds: Readonly<Partial<Record<Sum, number>>>;
}

/**
 * What was counted in an hour of UTC in one currency. Sums are text of their digits, in the order of the model's: each event's amount
 * is exact, and a sum of them may go beyond what a JSON number keeps. Sums that fall to zero stay. Id: `EUR 2026-11-05T10`.
 *
 * Small enough to be written with every event, and few: an hour has one for a currency, however many channels and keys it counts.
 */
export interface TallyDocument {
  currency: string;
  hour: string;
  /** By the minute in which the quarter begins, dimension, channel and key, parted by blanks: `45 provider default stripe`. */
  counts: Record<string, string[]>;
}

/** Sums of a report by quarters of an hour, currency and channel, and how every event enters them. */
interface TallyModel<Sum extends string, Event extends DomainEvent> extends ReadModel<TallyDocument, Event> {
  readonly sums: readonly Sum[];
  /** Says what an event adds; null where it adds nothing. The sums of a report are those of its events and nothing else. */
  readonly tallyOf: (event: RecordedEvent<object>) => Tally<Sum> | null;
}

interface TallyRules<Sum extends string, Event extends DomainEvent> {
  readonly name: string;
  readonly version: number;
  readonly sums: readonly Sum[];
  readonly on: {
    readonly [Type in Event['type']]: (data: Extract<Event, { readonly type: Type }>['data']) => Tally<Sum> | null;
  };
}

export function tallyModel<Sum extends string, Event extends DomainEvent>(
  rules: TallyRules<Sum, Event>,
): TallyModel<Sum, Event> & AnyReadModel {
  const { name, version, sums } = rules;
  const on = rules.on as Readonly<Record<string, (data: object) => Tally<Sum> | null>>;
  const tallyOf = ({ type, data }: RecordedEvent<object>): Tally<Sum> | null => on[type]?.(data) ?? null;
  const fold: Fold<TallyDocument, object> = {
    key: (event) => {
      const tally = tallyOf(event);
      return tally === null || tally.parts.length === 0 ? [] : `${tally.currency} ${hourOf(event)}`;
    },
    evolve: (doc, event) => {
      const { currency = '', channel = DEFAULT_CHANNEL, parts = [] } = tallyOf(event) ?? {};
      const document = doc ?? { currency, hour: hourOf(event), counts: {} };
      const minute = quarterOf(event.at).slice(-2);
      for (const { dimension, key, adds } of parts) {
        const count = (document.counts[`${minute} ${dimension} ${channel} ${key}`] ??= sums.map(() => '0'));
        sums.forEach((sum, at) => (count[at] = String(BigInt(count[at] ?? 0) + BigInt(adds[sum] ?? 0))));
      }
      return document;
    },
  };
  const folds = Object.fromEntries(Object.keys(on).map((type) => [type, fold]));
  const model = readModel<TallyDocument, Event>({
    name,
    version,
    indexes: [{ name: 'by-hour', fields: ['hour'] }],
    on: folds as unknown as ReadModel<TallyDocument, Event>['on'],
  });
  return { ...model, sums, tallyOf };
}

const hourOf = ({ at }: { readonly at: string }): string => at.slice(0, 'YYYY-MM-DDTHH'.length);

/** What a document counted in a quarter of an hour. */
export interface TalliedPart {
  /** When the quarter began, `2026-11-05T10:45`. */
  readonly at: string;
  readonly dimension: string;
  readonly channel: string;
  readonly key: string;
  /** In the order of the model's sums. */
  readonly sums: readonly bigint[];
}

export function* talliedParts({ hour, counts }: TallyDocument): Generator<TalliedPart> {
  for (const [name, sums] of Object.entries(counts)) {
    const [minute = '', dimension = '', channel = ''] = name.split(' ', 3);
    const key = name.slice(minute.length + dimension.length + channel.length + 3);
    yield { at: `${hour}:${minute}`, dimension, channel, key, sums: sums.map(BigInt) };
  }
}
