import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../domain/shared/index.js';
import { readChainedOrder } from '../../../read-api/order/chained-order.js';
import type { LogChain } from '../../event-store/index.js';
import { openSqliteEventStore } from '../../event-store/sqlite/index.js';
import { temporaryDirectories } from '../../event-store/test-support/index.js';
import { orderStory } from '../../../read-api/shared/test-support/index.js';
import { proofOf, verifyProof, type OrderProof } from './order-proof.js';

const newDirectory = temporaryDirectories();
let proof: OrderProof;

beforeAll(async () => {
  const store = await openSqliteEventStore({ directory: newDirectory(), access: 'read-write' });
  for (const { stream, event } of orderStory('o1', 'tea')) {
    const commandId = randomUUID();
    const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
    const data = JSON.parse(JSON.stringify(event.data)) as JsonObject;
    await store.append(stream, [{ type: event.type, data, metadata }], 'any');
  }
  const streams = await readChainedOrder(store.chain as LogChain, 'o1');
  proof = proofOf('o1', streams ?? []);
  await store.close();
});

/** The proof after a change of its text. */
const changed = (change: (copy: Writable) => void): ReturnType<typeof verifyProof> => {
  const copy = JSON.parse(JSON.stringify(proof)) as Writable;
  change(copy);
  return verifyProof(JSON.stringify(copy));
};
interface Writable {
  orderId: string;
  streams: { stream: string; revision: number; events: { data: string; revision: number }[] }[];
}

describe('the proof of an order', () => {
  it('is of all its streams but the stock’s, and intact', () => {
    expect(verifyProof(JSON.stringify(proof))).toMatchObject({ orderId: 'o1', intact: true, faults: [] });
    expect(proof.streams.map(({ stream }) => stream.split('-')[0])).toEqual(
      expect.arrayContaining(['order', 'cart', 'payment']),
    );
    expect(proof.streams.some(({ stream }) => stream.startsWith('inventory-'))).toBe(false);
  });

  it.each(['order', 'cart', 'payment'])('names an event of the %s that was altered', (category) => {
    const { intact, faults } = changed(({ streams }) => {
      const event = streams.find(({ stream }) => stream.startsWith(`${category}-`))?.events[0];
      if (event) event.data = event.data.replace('{', '{ ');
    });
    expect(intact).toBe(false);
    expect(faults).toMatchObject([{ stream: expect.stringContaining(`${category}-`), revision: 0, fault: 'altered' }]);
  });

  it('names an event that was taken out, and a stream', () => {
    const shorter = changed(({ streams }) => void streams[0]?.events.pop());
    expect(shorter.faults).toMatchObject([{ stream: 'order-o1', fault: 'missing' }]);
    const fewer = changed(
      (copy) => (copy.streams = copy.streams.filter(({ stream }) => !stream.startsWith('payment-'))),
    );
    expect(fewer.faults).toMatchObject([{ stream: expect.stringContaining('payment-'), fault: 'missing' }]);
    expect(fewer.intact).toBe(false);
  });

  it('is refused where it is of another order than it says, or is something else', () => {
    expect(() => changed((copy) => (copy.orderId = 'o2'))).toThrow('no events of the order o2');
    for (const text of ['', '[]', '{"format":"cartwright-order-proof-1"}', JSON.stringify({ ...proof, streams: [{}] })])
      expect(() => verifyProof(text)).toThrow('the file is no proof');
  });
});
