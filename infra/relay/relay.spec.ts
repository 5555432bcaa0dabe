import { StoreRefusedError } from '../shared/store-errors.js';
import { type EventStore, type IdentifiedEvent, withIds } from '../event-store/index.js';
import { batchOf, newStream, openTemporaryEventStore } from '../event-store/test-support/index.js';
import type { LeasedWorker } from '../lease/index.js';
import {
  BusUnavailableError,
  MessageRefusedError,
  openParkedMessages,
  type BusMessage,
  type MessageBus,
  type ParkedMessages,
} from '../message-bus/index.js';
import { until } from '../message-bus/test-support/index.js';
import { positionOfNumber } from '../shared/position.js';
import { readCursor, StoredCursor } from '../document-store/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../document-store/test-support/index.js';
import { restartRelay, startRelay } from './index.js';

/** A bus that keeps what it gets, and can be away. */
class RememberingBus implements MessageBus {
  readonly messages: BusMessage[] = [];
  tries = 0;
  isAway = false;
  refuses: string | null = null;

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.tries += 1;
    for (const message of messages) {
      if (this.isAway) throw new BusUnavailableError('away');
      if (message.id === this.refuses) throw new MessageRefusedError(message, 'too large');
      this.messages.push(message);
    }
  }

  get ids(): readonly string[] {
    return this.messages.map(({ id }) => id);
  }

  async consume(): Promise<never> {
    throw new Error('nobody consumes here');
  }
  async ping(): Promise<void> {}
  async close(): Promise<void> {}
}

describe('the relay', () => {
  let eventStore: EventStore;
  let temporary: TemporaryDocumentStore;
  let parked: ParkedMessages;
  let bus: RememberingBus;
  let cleanup: () => Promise<void>;
  const workers: LeasedWorker[] = [];
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const start = async (): Promise<LeasedWorker> => {
    const worker = await startRelay({
      eventStore,
      documents: temporary.store,
      bus,
      parked,
      logger,
      backOff: { firstMs: 5, longestMs: 5 },
    });
    workers.push(worker);
    return worker;
  };
  const append = async (count: number, type = 'order.completed.v1'): Promise<readonly IdentifiedEvent[]> => {
    const events = withIds(batchOf({ count, type, data: { orderId: 'an-order', email: 'ada@example.org' } }));
    await eventStore.append(newStream('order'), events, 'no-stream');
    return events;
  };
  const idsOf = (events: readonly IdentifiedEvent[]): readonly string[] => events.map(({ id }) => id);
  const published = (count: number): Promise<void> =>
    until(`${count} messages are published`, () => bus.messages.length >= count);

  beforeEach(async () => {
    const events = await openTemporaryEventStore();
    [eventStore, cleanup] = [events.store, () => events.cleanup()];
    temporary = await openTemporaryDocumentStore();
    parked = await openParkedMessages(temporary.store);
    bus = new RememberingBus();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
    await temporary.close();
    await cleanup();
  });

  it('publishes what is for the outside, in the order of the log, before and after it has caught up', async () => {
    const before = await append(600);
    await append(3, 'cart.item-added.v1');
    await start();
    await published(600);
    const after = await append(2);
    await published(602);
    expect(bus.ids).toEqual(idsOf([...before, ...after]));
    const [message] = bus.messages;
    expect(message?.subject).toBe('cartwright.order.completed');
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      id: message?.id,
      revision: 0,
      data: { orderId: 'an-order' },
    });
    expect(message?.body).not.toContain('ada@example.org');
  });

  it('goes on where it was', async () => {
    const before = await append(2);
    const first = await start();
    await published(2);
    await first.close();
    const after = await append(2);
    await start();
    await published(4);
    expect(bus.ids).toEqual(idsOf([...before, ...after]));
  });

  it('publishes again what it had not stored as published when it was killed, and no less', async () => {
    const before = await append(2);
    const first = await start();
    await published(2);
    await until('its place is stored', () => first.heartbeat());
    const between = await append(2);
    await published(4);
    const second = await start();
    await published(6);
    expect(bus.ids).toEqual(idsOf([...before, ...between, ...between]));
    await second.heartbeat();
    expect(await first.heartbeat()).toBe(false);
  });

  it('waits while the bus is away, and then leaves nothing out', async () => {
    bus.isAway = true;
    const events = await append(5);
    const worker = await start();
    await until('it has tried a few times', () => bus.tries > 3);
    expect(await worker.heartbeat()).toBe(true);
    bus.isAway = false;
    await published(5);
    expect(bus.ids).toEqual(idsOf(events));
  });

  it('stops while the bus is away, and begins again with what was not out', async () => {
    bus.isAway = true;
    const events = await append(5);
    const worker = await start();
    await until('it has tried', () => bus.tries > 0);
    await worker.close();
    bus.isAway = false;
    await start();
    await published(5);
    expect(bus.ids).toEqual(idsOf(events));
  });

  it('parks a message that the bus never takes, and goes on with the next', async () => {
    const events = await append(4);
    bus.refuses = events[1]?.id ?? '';
    await start();
    await published(3);
    expect(bus.ids).toEqual(idsOf(events).filter((id) => id !== bus.refuses));
    const left: string[] = [];
    for await (const { consumer, id, error } of parked.list()) left.push(`${consumer} ${id} ${error}`);
    expect(left).toEqual([expect.stringMatching(new RegExp(`^relay ${bus.refuses} .*too large`))]);
  });

  const stored = [true, false];
  it.each(stored)(
    'publishes the log again from its start when it is told to (place stored: %p)',
    async (isPlaceStored) => {
      const events = await append(3);
      const worker = await start();
      await published(3);
      if (isPlaceStored) expect(await worker.heartbeat()).toBe(true);
      await restartRelay(temporary.store);
      expect(await worker.heartbeat()).toBe(false);
      await worker.close();
      await start();
      await published(6);
      expect(bus.ids).toEqual(idsOf([...events, ...events]));
    },
  );

  it('keeps its place over events that are nobody else’s business', async () => {
    await append(3, 'cart.item-added.v1');
    const worker = await start();
    await until('its place is stored', async () => {
      await worker.heartbeat();
      const checkpoint = await readCursor(temporary.store, 'relay-cursor');
      return checkpoint !== null && checkpoint.position === (await eventStore.head());
    });
    expect(bus.messages).toEqual([]);
  });

  it('refuses a place in another log, and says how to begin again', async () => {
    const cursor = new StoredCursor(temporary.store, 'relay-cursor');
    await cursor.load();
    await cursor.save({ logId: 'another', position: positionOfNumber(7) });
    await expect(start()).rejects.toThrow(StoreRefusedError);
    await expect(start()).rejects.toThrow('relay --from-start');
    await restartRelay(temporary.store);
    await start();
  });
});
