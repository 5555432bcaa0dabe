import { randomUUID } from 'node:crypto';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import type { SagaClock } from '../../infra/engine/sagas/index.js';
import { IdleCarts, type IdleCart, type IdleCartsOptions } from './idle-carts.js';

export interface CartAbandonmentOptions extends IdleCartsOptions {
  readonly executor: CommandExecutor;
  /** 0: no cart is ever abandoned. */
  readonly afterDays: number;
  readonly clock: SagaClock;
  readonly onAbandoned: (carts: number) => void;
  /** It is tried again the next time. */
  readonly onFailed: (error: unknown) => void;
}

export interface CartAbandonment {
  start(): void;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** The first scan is late enough to slow no start down, and early enough for a process that starts often. */
const FIRST_LOOK_MS = 30_000;
const LOOK_EVERY_MS = 600_000;

/**
 * Abandons idle carts: a scan reads the events that have become old enough. A cart has neither a timer nor a record: that it is due
 * follows from its last event, also after a restart.
 */
export function createCartAbandonment(options: CartAbandonmentOptions): CartAbandonment {
  let closed = false;
  let cancel = (): void => undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    await abandonIdleCarts(options, () => closed).catch(options.onFailed);
    schedule(LOOK_EVERY_MS);
  };
  const schedule = (pause: number): void => {
    if (!closed) cancel = options.clock.after(pause, () => (looking = look()));
  };
  return {
    start: () => {
      if (options.afterDays > 0) schedule(FIRST_LOOK_MS);
    },
    close: async () => {
      closed = true;
      cancel();
      await looking;
    },
  };
}

/** Abandons one cart after the other, so that shoppers hardly notice. */
async function abandonIdleCarts(options: CartAbandonmentOptions, isClosed: () => boolean): Promise<void> {
  const { executor, afterDays, clock, onAbandoned } = options;
  const before = new Date(clock.now() - afterDays * DAY_MS).toISOString();
  let abandoned = 0;
  for await (const page of new IdleCarts(options).upTo(before)) {
    for (const cart of page) {
      if (isClosed()) return;
      if (await abandon(executor, cart)) abandoned += 1;
    }
  }
  if (abandoned > 0) onAbandoned(abandoned);
}

/** Abandons a cart at the revision at which it was found: one that was changed or checked out meanwhile stays as it is. */
async function abandon(executor: CommandExecutor, { cartId, revision }: IdleCart): Promise<boolean> {
  const outcome = await executor.execute({
    aggregate: cartAggregate,
    id: cartId,
    command: { type: 'abandon-cart' },
    expectedRevision: [revision],
    context: {
      commandId: randomUUID(),
      correlationId: randomUUID(),
      causationId: null,
      actor: 'saga:cart-abandonment',
      repeatable: false,
    },
    answer: () => null,
  });
  return outcome.kind === 'accepted' && outcome.events.length > 0;
}
