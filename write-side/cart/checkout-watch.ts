import { Inject, Injectable } from '@nestjs/common';
import { orderAggregate } from '../../domain/order/index.js';
import type { OrderState, Rejection } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Position, RecordedEvent } from '../../infra/event-store/index.js';
import type { CommandExecutor } from '../shared/command-executor.js';
import { COMMAND_EXECUTOR, EVENT_WATCH } from '../shared/index.js';
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

/** Follows a checkout to its order: until it is open, or as long as the client waits until it has settled. */
@Injectable()
export class CheckoutWatch {
  constructor(
    @Inject(EVENT_WATCH) private readonly events: EventWatch,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
  ) {}

  async placed(checkout: CheckoutPlaced): Promise<CheckoutProgress> {
    const { orderId, wait, recorded, repeated } = checkout;
    const stream = streamOf(orderAggregate.category, orderId);
    if (repeated) {
      const known = await this.executor.query(orderAggregate, orderId, progressOf);
      // Who does not wait gets the first answer again, which knew of no end.
      if (known !== null && wait > 0) return known;
      if (known !== null) return { status: 'pending', revision: known.revision, position: known.position };
    }
    const settled = wait > 0 ? await this.events.next(stream, SETTLED, wait * 1000) : null;
    if (settled !== null) return settledBy(settled);
    const opened = await this.events.next(stream, OPENED, wait > 0 ? 0 : OPENING_MS);
    return { status: 'pending', revision: opened?.revision ?? 0, position: opened?.position ?? recorded };
  }
}

function settledBy({ type, data, revision, position }: RecordedEvent): CheckoutProgress {
  if (type === 'order.confirmed.v1') return { status: 'confirmed', revision, position };
  if (type === 'order.cancelled.v1') return { status: 'cancelled', revision, position };
  const rejection = { code: String(data['code']), detail: String(data['detail']) };
  return { status: 'rejected', rejection, revision, position };
}

/** Whatever came after the confirmation, the checkout was confirmed. */
function progressOf(state: OrderState, revision: number, position: Position | null): CheckoutProgress | null {
  const seen = { revision, position };
  switch (state.status) {
    case 'none':
      return null;
    case 'pending':
    case 'cancelled':
      return { status: state.status, ...seen };
    case 'rejected':
      return { status: 'rejected', rejection: state.rejection, ...seen };
    default:
      return { status: 'confirmed', ...seen };
  }
}
