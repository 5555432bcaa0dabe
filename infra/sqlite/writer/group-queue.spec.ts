import { GroupQueue } from './group-queue.js';
import type { Failed, Written } from './writer-protocol.js';
import type { WriterListener } from './writer-thread.js';

/** A writer that answers when the test says so. */
class FakeWriter {
  readonly groups: (readonly number[])[] = [];
  isClosed = false;
  answer: WriterListener<Written> = () => {};

  listen(listener: WriterListener<Written>): void {
    this.answer = listener;
  }

  write(group: readonly number[]): void {
    this.groups.push(group);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

const WRITTEN: Written = { kind: 'written' };
const failed = (poisoned: boolean): Failed => ({ kind: 'failed', message: 'disk full', poisoned, unknown: false });

function start() {
  const writer = new FakeWriter();
  const queue = new GroupQueue<number, Written>(writer, { mostInGroup: 3, unavailable: (reason) => new Error(reason) });
  const write = (item: number): Promise<number> => queue.write(item, (_answer, index) => item * 10 + index);
  return { writer, queue, write };
}

const REFUSED = { status: 'rejected', reason: new Error('disk full') };

test('what waits while a group is being written goes with the next, up to a bound', async () => {
  const { writer, write } = start();
  const answers = Promise.all([1, 2, 3, 4, 5].map(write));
  expect(writer.groups).toEqual([[1]]);
  writer.answer(WRITTEN);
  expect(writer.groups).toEqual([[1], [2, 3, 4]]);
  writer.answer(WRITTEN);
  writer.answer(WRITTEN);
  expect(writer.groups).toEqual([[1], [2, 3, 4], [5]]);
  expect(await answers).toEqual([10, 20, 31, 42, 50]);
});

test('an answer that is an error to one is none to its neighbours', async () => {
  const { writer, queue, write } = start();
  const refused = queue.write(1, () => {
    throw new Error('refused');
  });
  const next = write(2);
  writer.answer(WRITTEN);
  writer.answer(WRITTEN);
  await expect(refused).rejects.toThrow('refused');
  expect(await next).toBe(20);
});

test('a group that fails for now is refused alone, and the next one is sent', async () => {
  const { writer, write } = start();
  const answers = Promise.allSettled([write(1), write(2)]);
  writer.answer(failed(false));
  writer.answer(WRITTEN);
  expect(await answers).toEqual([REFUSED, { status: 'fulfilled', value: 20 }]);
});

test('after a failure for good nothing is sent again: all that wait are refused, and all that come', async () => {
  const { writer, queue, write } = start();
  const answers = Promise.allSettled([write(1), write(2), write(3)]);
  writer.answer(failed(true));
  expect(await answers).toEqual([REFUSED, REFUSED, REFUSED]);
  await expect(write(4)).rejects.toThrow('disk full');
  expect(writer.groups).toEqual([[1]]);
  expect(queue.ended).toBe('disk full');
  await queue.finish();
});

test('closing waits for all that was accepted, and takes no more', async () => {
  const { writer, queue, write } = start();
  const answers = Promise.all([write(1), write(2)]);
  const closing = queue.close();
  await expect(write(3)).rejects.toThrow('it is closed');
  writer.answer(WRITTEN);
  expect(writer.isClosed).toBe(false);
  writer.answer(WRITTEN);
  await closing;
  expect(writer.isClosed).toBe(true);
  expect(await answers).toEqual([10, 20]);
});
