import { Handover } from './handover.js';

describe('a handover', () => {
  it('lets the giver wait until its value was taken', async () => {
    const pages = new Handover<string>();
    const order: string[] = [];
    const given = pages.give('a').then(() => order.push('given'));
    await new Promise(setImmediate);
    order.push('taking');
    expect(await pages.take(10_000)).toBe('a');
    await given;
    expect(order).toEqual(['taking', 'given']);
  });

  it('lets the taker wait until there is a value, for so long', async () => {
    const pages = new Handover<string>();
    const taken = pages.take(10_000);
    void pages.give('a');
    expect(await taken).toBe('a');
    expect(await pages.take(1)).toBeNull();
  });

  it('that is closed lets everybody go', async () => {
    const pages = new Handover<string>();
    const taken = pages.take(10_000);
    pages.close();
    expect(await taken).toBeNull();
    await pages.give('a');
    const other = new Handover<string>();
    const given = other.give('a');
    other.close();
    await given;
    expect(await other.take(10_000)).toBeNull();
  });

  it('tells the taker what failed', async () => {
    const pages = new Handover<string>();
    const taken = pages.take(10_000);
    pages.fail(new Error('the log is gone'));
    await expect(taken).rejects.toThrow('the log is gone');
    await expect(pages.take(1)).rejects.toThrow('the log is gone');
  });
});
