import { randomUUID } from 'node:crypto';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import type { SagaClock } from '../runner/index.js';

/** An open cart as the read model has it. */
export interface IdleCart {
  readonly cartId: string;
  /** Of its last change. */
  readonly revision: number;
  /** RFC 3339 UTC. */
  readonly lastChange: string;
}

export interface IdleCartsQuery {
  /** RFC 3339 UTC: nobody has changed them since. */
  readonly before: string;
  /** The last one of the page before. */
  readonly after: IdleCart | null;
  readonly limit: number;
}

/** A page of open carts, the longest idle first. It may be behind: each cart is decided on its own stream. */
export type FindIdleCarts = (query: IdleCartsQuery) => Promise<readonly IdleCart[]>;

export interface CartAbandonmentOptions {
  readonly executor: CommandExecutor;
  readonly findIdleCarts: FindIdleCarts;
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
/** After the start, so that whoever starts often comes to it too and nobody starts slower. */
const FIRST_LOOK_MS = 30_000;
const LOOK_EVERY_MS = 600_000;
/** Carts looked up at once; all that a look has in memory. */
const PAGE = 100;

/**
 * Abandons carts that nobody comes back to: looks now and then for open ones by the time of their last change. There is
 * neither a timer nor a record for a cart: that it is due follows from its last event, also after a restart.
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

/** One cart after the other, so that shoppers hardly notice. */
async function abandonIdleCarts(options: CartAbandonmentOptions, isClosed: () => boolean): Promise<void> {
  const { findIdleCarts, afterDays, clock, onAbandoned } = options;
  const before = new Date(clock.now() - afterDays * DAY_MS).toISOString();
  let after: IdleCart | null = null;
  let abandoned = 0;
  do {
    const page: readonly IdleCart[] = await findIdleCarts({ before, after, limit: PAGE });
    for (const cart of page) {
      if (isClosed()) break;
      if (await abandon(options.executor, cart)) abandoned += 1;
    }
    after = page.length === PAGE ? (page.at(-1) ?? null) : null;
  } while (after !== null && !isClosed());
  if (abandoned > 0) onAbandoned(abandoned);
}

/** Only as it was when it was found: a cart that was changed or checked out in the meantime stays as it is. */
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
