import { randomUUID } from 'node:crypto';
import { deriveId } from '../shared/derive-id.js';
import { keysOf, withIds } from './event-ids.js';
import { batchOf } from './test-support/index.js';

describe('the id of an event that gives none', () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const batch = [...batchOf({ commandId: one, count: 2 }), ...batchOf({ commandId: other, count: 2 })];

  it('follows from its command and which one of its events it is', () => {
    expect(keysOf(batch)).toEqual([0, 1, 0, 1]);
    const expected = [deriveId(one, '0'), deriveId(one, '1'), deriveId(other, '0'), deriveId(other, '1')];
    expect(withIds(batch).map(({ id }) => id)).toEqual(expected);
  });

  it('leaves those that are given as they are', () => {
    const id = randomUUID();
    const [first, ...rest] = batch.map((event, index) => (index === 0 ? { ...event, id } : event));
    expect(withIds(first === undefined ? [] : [first, ...rest])[0]?.id).toBe(id);
    expect(keysOf(first === undefined ? [] : [first, ...rest])).toEqual([id, 1, 0, 1]);
  });
});
