import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileWorker } from '../../worker/test-support/compile-worker.js';
import { GroupQueue } from './group-queue.js';
import type { LinesWritten } from './test-support/lines.worker.js';
import { WriterThread } from './writer-thread.js';

const entry = compileWorker(new URL('./test-support/lines.worker.ts', import.meta.url));
const unavailable = (reason: string): Error => new Error(`not written: ${reason}`);

describe('a thread that owns a write connection', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'writer-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const start = (path: string): Promise<WriterThread<readonly string[], LinesWritten, string>> =>
    WriterThread.start(entry, { name: 'lines-writer', workerData: path });

  async function open() {
    const path = join(directory, 'lines');
    const thread = await start(path);
    const queue = new GroupQueue(thread, { mostInGroup: 10, unavailable });
    const write = (line: string): Promise<number | undefined> =>
      queue.write(line, ({ lengths }, index) => lengths[index]);
    return { thread, queue, write, lines: () => readFileSync(path, 'utf8').trim().split('\n') };
  }

  it('says what was opened, and writes in the order of the calls until it is closed', async () => {
    const { thread, queue, write, lines } = await open();
    expect(thread.opened).toBe(join(directory, 'lines'));
    const written = Promise.all(['a', 'bb', 'ccc'].map(write));
    await queue.close();
    expect(await written).toEqual([1, 2, 3]);
    expect(lines()).toEqual(['opened', 'a', 'bb', 'ccc', 'closed']);
    await thread.close();
  });

  it('is refused in the words of what failed when it opened', async () => {
    await expect(start(join(directory, 'missing', 'lines'))).rejects.toMatchObject({
      name: 'StoreRefusedError',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('refuses all that it was given when it ends by itself, and all that comes later', async () => {
    const { queue, write, lines } = await open();
    const answers = await Promise.allSettled(['end', 'a'].map(write));
    expect(answers).toEqual(
      answers.map(() => ({ status: 'rejected', reason: new Error('not written: a bug of the writer') })),
    );
    await expect(write('b')).rejects.toThrow('a bug of the writer');
    await queue.close();
    expect(lines()).toEqual(['opened']);
  });

  it('answers a group whose upkeep fails, and takes nothing more', async () => {
    const { queue, write, lines } = await open();
    expect(await write('spoil')).toBe(5);
    while (queue.ended === null) await new Promise(setImmediate);
    expect(queue.ended).toBe('the upkeep failed');
    await expect(write('a')).rejects.toThrow('the upkeep failed');
    await queue.close();
    expect(lines()).toEqual(['opened', 'spoil', 'closed']);
  });
});
