import { Handover } from './handover.js';

describe('a handover', () => {
  it('lets the giver wait until its value was taken', async () => {
    const pages = new Handover<string>();
    const order: string[] = [];
    const given = pages.give('a').then(() => order.push('given'));
    await new Promise(setImmediate);
    order.push('taking');
    expect(await pages.take()).toBe('a');
    await given;
    expect(order).toEqual(['taking', 'given']);
  });

  it('lets the taker wait until there is a value', async () => {
    const pages = new Handover<string>();
    const taken = pages.take();
    void pages.give('a');
    expect(await taken).toBe('a');
  });

  it('that is closed lets everybody go', async () => {
    const pages = new Handover<string>();
    const taken = pages.take();
    pages.close();
    expect(await taken).toBeNull();
    await pages.give('a');
    const other = new Handover<string>();
    const given = other.give('a');
    other.close();
    await given;
    expect(await other.take()).toBeNull();
  });

  it('tells the taker what failed', async () => {
    const pages = new Handover<string>();
    const taken = pages.take();
    pages.fail(new Error('the log is gone'));
    await expect(taken).rejects.toThrow('the log is gone');
    await expect(pages.take()).rejects.toThrow('the log is gone');
  });
});
