import { Inject, Injectable } from '@nestjs/common';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { ExplainsResource, explainsItem, shownEvents } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource, Span } from '../shared/index.js';
import { noItem, selectionOfItem, timeOf } from './explained-item.js';
import { EventParts } from './event-parts.js';
import { abandonmentTally } from './report-abandonment.query.js';
import { customersTally } from './report-customers.query.js';
import { funnelTally } from './report-funnel.query.js';
import { paymentsTally } from './report-payments.query.js';
import { refundsTally } from './report-refunds.query.js';
import { taxTally } from './report-tax.query.js';
import { placeOf, Sum, type TallyReport } from './tally-report.js';

const TALLIES: readonly TallyReport[] = [
  paymentsTally,
  refundsTally,
  taxTally,
  funnelTally,
  abandonmentTally,
  customersTally,
];

/** Tells how an item of a report came about: of each event it adds up what the read model makes of it. */
@Injectable()
@ExplainsResource(['reports/{report}/{by}/{key}/{currency}'])
export class ReportExplained implements Explainable {
  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError REPORT.ITEM_NOT_FOUND; 400 for a revision, which a report has none of */
  async life({ path, asOf, shown, report: scope }: ExplainedResource): Promise<DocumentLife> {
    const { report, by = '', key = '', currency = '' } = path;
    const tally = TALLIES.find((one) => one.report === report);
    if (tally === undefined) throw noItem();
    const time = timeOf(asOf);
    const selection = await selectionOfItem({ by, key, currency }, scope);
    const isOfItem = (part: Parameters<typeof placeOf>[2]) => placeOf(tally, selection, part)?.key === key;
    const goesOn = tally.events === 'to-end';
    const counted = new EventParts(tally.model, (parts) => !goesOn || parts.some(isOfItem));
    const sum = new Sum(tally);
    let isThere = false;
    return {
      explains: explainsItem(tally.item),
      events: shownEvents(this.#events(tally, selection.span, time), shown),
      after: (event) => {
        for (const part of counted.of(event).filter(isOfItem)) {
          isThere = true;
          sum.add(part);
        }
        return isThere ? sum.item({ key, currency }) : null;
      },
      nothing: () => Promise.resolve(noItem()),
    };
  }

  async *#events(
    { model, events }: TallyReport,
    { from, to }: Span,
    time: string | undefined,
  ): AsyncGenerator<RecordedEvent> {
    const isFromStart = from === undefined || events === 'from-start';
    const start = isFromStart ? null : await this.log.positionBefore(`${from}:00.000Z`);
    for await (const event of this.log.readAll({ from: start, filter: { types: Object.keys(model.on) } })) {
      const isOver = events !== 'to-end' && to !== undefined && event.at >= to;
      if (isOver || (time !== undefined && event.at > time)) return;
      yield event;
    }
  }
}
