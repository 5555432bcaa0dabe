import { Closers, LeftOpenError } from './closers.js';

const PATIENCE_MS = 20;
const never = (): Promise<void> => new Promise(() => {});

describe('what was opened is closed', () => {
  it('in the opposite order, and the first error is told at the end', async () => {
    const [closers, closed] = [new Closers(PATIENCE_MS), [] as string[]];
    closers.add(() => void closed.push('store'));
    closers.add(() => {
      closed.push('sagas');
      throw new Error('first');
    });
    closers.add(() => void closed.push('server'));
    await expect(closers.close()).rejects.toThrow('first');
    expect(closed).toEqual(['server', 'sagas', 'store']);
  });

  it('also where something never ends: the rest is told to close, and it says that something is left', async () => {
    const [closers, closed] = [new Closers(PATIENCE_MS), [] as string[]];
    closers.add(async () => void closed.push('store'));
    closers.add(never);
    closers.add(never);
    const error = await closers.close().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LeftOpenError);
    expect(String(error)).toContain('2 parts did not close within 20 ms');
    expect(closed).toEqual(['store']);
  });

  it('without counting the time of what has a limit of its own', async () => {
    const [closers, closed] = [new Closers(PATIENCE_MS), [] as string[]];
    closers.add(() => new Promise<void>((resolve) => setImmediate(resolve)).then(() => void closed.push('store')));
    closers.addBounded(() => new Promise((resolve) => setTimeout(resolve, 3 * PATIENCE_MS)));
    await closers.close();
    expect(closed).toEqual(['store']);
  });
});
