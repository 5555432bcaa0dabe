import { batchOf } from '../test-support/index.js';
import { CommitFeed } from './commit-feed.js';
import { GroupCommit } from './group-commit.js';
import type { WriterListener } from '../../sqlite/writer/writer-thread.js';
import { APPENDED, type Appends, type Committed } from './writer-protocol.js';

/** A writer that answers when the test says so. */
class FakeWriter {
  readonly groups: number[] = [];
  listener: WriterListener<Committed> | null = null;
  #posted: (() => void) | null = null;

  listen(listener: WriterListener<Committed>): void {
    this.listener = listener;
  }

  write({ numbers }: Appends): void {
    this.groups.push(numbers.length / 3);
    this.#posted?.();
  }

  async postedGroups(count: number): Promise<void> {
    while (this.groups.length < count) await new Promise<void>((resolve) => (this.#posted = resolve));
  }

  /** Commits the group that was posted last. */
  commit(): void {
    const appends = this.groups.at(-1) ?? 0;
    const outcomes = Array.from({ length: appends }, (_, index) => [APPENDED, 0, index + 1]).flat();
    const committed: Committed = { kind: 'written', at: 0, outcomes };
    this.listener?.(committed);
  }
}

function start() {
  const writer = new FakeWriter();
  const queue = new GroupCommit(writer, new CommitFeed({ head: () => 0, dataVersion: () => 0 }, null));
  let streams = 0;
  const append = (): Promise<unknown> =>
    queue.append([{ stream: `sample-${streams++}`, events: batchOf(), expectedRevision: 'no-stream' }]);
  const names = async (appends: readonly Promise<unknown>[]): Promise<unknown[]> => {
    const outcomes = await Promise.allSettled(appends);
    return outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Error).name : 'appended'));
  };
  return { writer, queue, append, names };
}

test('appends of one moment go together, and all that wait meanwhile go as the next group', async () => {
  const { writer, append, names } = start();
  const first = [append(), append(), append()];
  await writer.postedGroups(1);
  const second = Array.from({ length: 50 }, append);
  expect(writer.groups).toEqual([3]);
  writer.commit();
  await writer.postedGroups(2);
  expect(writer.groups).toEqual([3, 50]);
  writer.commit();
  expect(await names([...first, ...second])).toEqual(Array.from({ length: 53 }, () => 'appended'));
});

test('what waits is with the writer before those of the last group are answered, and nothing waits for an empty group', async () => {
  const { writer, append } = start();
  const groupsWhenAnswered = append().then(() => writer.groups.length);
  await writer.postedGroups(1);
  const second = append();
  writer.commit();
  expect(writer.groups).toEqual([1, 1]);
  expect(await groupsWhenAnswered).toBe(2);
  writer.commit();
  await second;
  expect(writer.groups).toEqual([1, 1]);
});

test('a group has a bound, so that no append waits for thousands of others', async () => {
  const { writer, append, names } = start();
  const appends = Array.from({ length: 3_000 }, append);
  await writer.postedGroups(1);
  writer.commit();
  await writer.postedGroups(2);
  writer.commit();
  expect(writer.groups).toEqual([2_048, 952]);
  expect(new Set(await names(appends))).toEqual(new Set(['appended']));
});

test('when the writer fails for good, its group and all that wait are refused, and so is what comes later', async () => {
  const { writer, queue, append, names } = start();
  const first = append();
  await writer.postedGroups(1);
  const waiting = append();
  writer.listener?.({ kind: 'failed', message: 'disk full', poisoned: true, unknown: false });
  expect(await names([first, waiting, append()])).toEqual(Array.from({ length: 3 }, () => 'StoreUnavailableError'));
  expect(queue.unavailable).toContain('disk full');
  expect(writer.groups).toEqual([1]);
  await queue.close();
});

test('when the log is busy only the group is refused, and the next one is sent', async () => {
  const { writer, append, names } = start();
  const first = append();
  await writer.postedGroups(1);
  const second = append();
  writer.listener?.({ kind: 'failed', message: 'locked', poisoned: false, unknown: false });
  writer.commit();
  expect(await names([first, second])).toEqual(['StoreUnavailableError', 'appended']);
});

test('when the writer is lost, the outcome of what it had is unknown, and that of what waited is not', async () => {
  const { writer, append, names } = start();
  const first = append();
  await writer.postedGroups(1);
  const waiting = append();
  writer.listener?.({ kind: 'failed', message: 'it ended', poisoned: true, unknown: true });
  expect(await names([first, waiting, append()])).toEqual([
    'UnknownOutcomeError',
    'StoreUnavailableError',
    'StoreUnavailableError',
  ]);
});

test('closing waits for what was accepted, and takes no more', async () => {
  const { writer, queue, append, names } = start();
  const first = append();
  let isClosed = false;
  const closing = queue.close().then(() => (isClosed = true));
  const outcomes = names([first, append()]);
  await writer.postedGroups(1);
  expect(isClosed).toBe(false);
  writer.commit();
  await closing;
  expect(await outcomes).toEqual(['appended', 'StoreUnavailableError']);
});
