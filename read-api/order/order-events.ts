import { Inject, Injectable } from '@nestjs/common';
import type { OrderEvent } from '../../domain/order/index.js';
import { personalFields } from '../../domain/personal-fields.js';
import { asEvent, EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import { SealedOrderEvents } from './sealed-order-events.js';
import type { OrderEvents } from './sealed-order-events.js';

const OPENED = 'order.opened.v1';

/** Reads all events of an order with what is personal opened: in all of them, or where it is needed. */
@Injectable()
export class OrderEventsReader {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    private readonly sealed: SealedOrderEvents,
  ) {}

  /** @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND */
  async read(orderId: string): Promise<OrderEvents> {
    return this.open(await this.sealed.read(orderId), () => true);
  }

  /** The same events, none of them opened. */
  readSealed(orderId: string): Promise<OrderEvents> {
    return this.sealed.read(orderId);
  }

  /** Opens what is personal in the opening of the order, and in those of its events that are asked for; the others stay sealed. */
  async open(sealed: OrderEvents, isAsked: (event: RecordedEvent) => boolean): Promise<OrderEvents> {
    const asked = sealed.events.filter(
      (event) => Object.hasOwn(personalFields, event.type) && (event.type === OPENED || isAsked(event)),
    );
    const clear = new Map<Position, RecordedEvent>();
    let { opened } = sealed;
    for (const { stream, from, limit } of runsOf(asked)) {
      for await (const recorded of this.log.read(stream, { from, limit })) {
        clear.set(recorded.position, recorded);
        const event = asEvent<OrderEvent>(recorded);
        if (event.type === OPENED) opened = event.data;
      }
    }
    return { opened, events: sealed.events.map((event) => clear.get(event.position) ?? event) };
  }
}

/** Events of one stream that follow each other. */
interface Run {
  readonly stream: string;
  /** The first revision. */
  readonly from: number;
  limit: number;
}

function runsOf(events: readonly RecordedEvent[]): readonly Run[] {
  const runs: Run[] = [];
  const lasts = new Map<string, Run>();
  for (const { stream, revision } of events) {
    const last = lasts.get(stream);
    if (last === undefined || last.from + last.limit !== revision) {
      const run = { stream, from: revision, limit: 1 };
      lasts.set(stream, run);
      runs.push(run);
    } else last.limit += 1;
  }
  return runs;
}
