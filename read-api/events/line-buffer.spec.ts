import { LineBuffer } from './line-buffer.js';

describe('lines put together', () => {
  it('are the bytes of all of them in their order, whatever their length and characters', () => {
    const lines = [
      'a\n',
      '',
      'ตั€😀\n',
      'x'.repeat(70_000),
      '\n',
      ...Array.from({ length: 400 }, (_, n) => `${'é'.repeat(n)}\n`),
    ];
    const buffer = new LineBuffer();
    const full = lines.flatMap((line) => buffer.add(line) ?? []);
    expect(Buffer.concat([...full, buffer.take()]).toString()).toBe(lines.join(''));
    expect(full.every(({ length }) => length > 0)).toBe(true);
    expect(buffer.take()).toHaveLength(0);
  });
});
