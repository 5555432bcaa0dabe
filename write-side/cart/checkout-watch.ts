import { Inject, Injectable } from '@nestjs/common';
import { orderAggregate } from '../../domain/order/index.js';
import type { OrderCancelled, OrderConfirmed, OrderRejected, Rejection } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { asEvent, EVENT_STORE } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { EVENT_WATCH } from '../shared/index.js';
import type { EventWatch } from '../shared/index.js';

export interface CheckoutPlaced {
  readonly orderId: string;
  /** Seconds that the client waits for the order to settle; 0: only until it is open. */
  readonly wait: number;
  /** Where the checkout itself was recorded. */
  readonly recorded: Position | null;
  /** The checkout was recorded earlier: its order may have settled long ago. */
  readonly repeated: boolean;
}

/** What has become of a checkout so far. */
export interface CheckoutProgress {
  readonly status: 'pending' | 'confirmed' | 'rejected' | 'cancelled';
  readonly rejection?: Rejection;
  /** Of the order. */
  readonly revision: number;
  readonly position: Position | null;
}

const OPENED = ['order.opened.v1'];
const SETTLED = ['order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'];
/** The order opens at once; should that take longer, the client gets its 202 all the same. */
const OPENING_MS = 5000;

/** The order's first events of each kind, as far as they are known. */
interface Milestones {
  readonly opened?: RecordedEvent;
  readonly settled?: RecordedEvent;
}

/** Follows a checkout to its order: until it is open, or as long as the client waits until it has settled. */
@Injectable()
export class CheckoutWatch {
  constructor(
    @Inject(EVENT_WATCH) private readonly events: EventWatch,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'read'>,
  ) {}

  async placed({ orderId, wait, recorded, repeated }: CheckoutPlaced): Promise<CheckoutProgress> {
    const stream = streamOf(orderAggregate.category, orderId);
    const known = repeated ? await this.soFar(stream) : {};
    // Who does not wait gets the first answer again, which knew of no end.
    if (wait > 0) {
      const settled = known.settled ?? (await this.events.next(stream, SETTLED, wait * 1000));
      if (settled !== null) return settledBy(settled);
    }
    const opened = known.opened ?? (await this.events.next(stream, OPENED, wait > 0 ? 0 : OPENING_MS));
    return { status: 'pending', revision: opened?.revision ?? 0, position: opened?.position ?? recorded };
  }

  /** Whatever came after the order had settled, such as the cancellation of a confirmed one, is not the checkout's. */
  private async soFar(stream: string): Promise<Milestones> {
    let opened: RecordedEvent | undefined;
    for await (const event of this.log.read(stream)) {
      opened ??= event;
      if (SETTLED.includes(event.type)) return { opened, settled: event };
    }
    return opened === undefined ? {} : { opened };
  }
}

function settledBy(recorded: RecordedEvent): CheckoutProgress {
  const { revision, position } = recorded;
  const event = asEvent<OrderConfirmed | OrderCancelled | OrderRejected>(recorded);
  if (event.type === 'order.confirmed.v1') return { status: 'confirmed', revision, position };
  if (event.type === 'order.cancelled.v1') return { status: 'cancelled', revision, position };
  const { orderId: _, ...rejection } = event.data;
  return { status: 'rejected', rejection, revision, position };
}
