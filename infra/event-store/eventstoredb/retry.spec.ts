import { CallTimeoutError } from './errors.js';
import { retrying } from './retry.js';

describe('what is tried until it succeeds', () => {
  const patience = { doing: 'answer', limit: 1_000, signal: new AbortController().signal };

  it('says why it was turned away, not that the last try ran out of time', async () => {
    let tries = 0;
    const work = async (left: number): Promise<never> => {
      tries += 1;
      if (tries === 1) throw new Error('self-signed certificate');
      await new Promise((resolve) => setTimeout(resolve, left));
      throw new CallTimeoutError(left);
    };
    await expect(retrying(work, patience)).rejects.toThrow('self-signed certificate');
    expect(tries).toBeGreaterThan(1);
  });

  it('says that there was no answer where no try knew more', async () => {
    const work = (): Promise<never> => Promise.reject(new CallTimeoutError(7));
    await expect(retrying(work, patience)).rejects.toThrow('no answer within 7 ms');
  });
});
