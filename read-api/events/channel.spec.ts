import { Channel } from './channel.js';

describe('a channel', () => {
  it('lets the giver wait until its value was taken', async () => {
    const pages = new Channel<string>();
    const order: string[] = [];
    const given = pages.send('a').then(() => order.push('given'));
    await new Promise(setImmediate);
    order.push('taking');
    expect(await pages.receive()).toBe('a');
    await given;
    expect(order).toEqual(['taking', 'given']);
  });

  it('lets the taker wait until there is a value', async () => {
    const pages = new Channel<string>();
    const taken = pages.receive();
    void pages.send('a');
    expect(await taken).toBe('a');
  });

  it('that is closed lets everybody go', async () => {
    const pages = new Channel<string>();
    const taken = pages.receive();
    pages.close();
    expect(await taken).toBeNull();
    await pages.send('a');
    const other = new Channel<string>();
    const given = other.send('a');
    other.close();
    await given;
    expect(await other.receive()).toBeNull();
  });

  it('tells the taker what failed', async () => {
    const pages = new Channel<string>();
    const taken = pages.receive();
    pages.fail(new Error('the log is gone'));
    await expect(taken).rejects.toThrow('the log is gone');
    await expect(pages.receive()).rejects.toThrow('the log is gone');
  });
});
