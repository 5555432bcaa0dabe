import type { CommittedEvent } from './committed-event.js';
import { LogTail } from './log-tail.js';

const events = (first: number, count: number): CommittedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    position: first + index,
    id: '',
    stream: 'sample-1',
    revision: first + index,
    at: 0,
    type: 'sample.happened.v1',
    data: '{}',
    metadata: { commandId: 'c', correlationId: 'c', causationId: null, actor: 'anonymous' },
  }));

const positions = (tail: LogTail, after: number, most = 10): number[] | undefined =>
  tail.after(after, most)?.map(({ position }) => position);

test('events are handed out only where they follow the last position directly', () => {
  const tail = new LogTail();
  expect(positions(tail, 0)).toBeUndefined();
  tail.add(events(5, 3));
  expect(positions(tail, 4)).toEqual([5, 6, 7]);
  expect(positions(tail, 5, 1)).toEqual([6]);
  expect(positions(tail, 3)).toBeUndefined();
  expect(positions(tail, 7)).toBeUndefined();
});

test('what another writer committed in between is not skipped over', () => {
  const tail = new LogTail();
  tail.add(events(1, 2));
  tail.add(events(3, 1));
  expect(positions(tail, 0)).toEqual([1, 2, 3]);
  tail.add(events(6, 2));
  expect(positions(tail, 3)).toBeUndefined();
  expect(positions(tail, 0)).toBeUndefined();
  expect(positions(tail, 5)).toEqual([6, 7]);
});

test('only the newest are kept', () => {
  const tail = new LogTail();
  for (let first = 1; first <= 20_000; first += 100) tail.add(events(first, 100));
  expect(positions(tail, 1)).toBeUndefined();
  expect(positions(tail, 19_999)).toEqual([20_000]);
  expect(positions(tail, 17_000, 1)).toEqual([17_001]);
});

test('one event of a moment ago is found by its place in its stream, others have to be read', () => {
  const tail = new LogTail();
  tail.add(events(1, 3));
  tail.add(events(4, 1_000).map((event) => ({ ...event, stream: 'sample-2' })));
  expect(tail.find('sample-2', 1_003)?.position).toBe(1_003);
  expect(tail.find('sample-1', 1_003)).toBeNull();
  expect(tail.find('sample-2', 1_004)).toBeNull();
  expect(tail.find('sample-1', 2)).toBeNull();
});
