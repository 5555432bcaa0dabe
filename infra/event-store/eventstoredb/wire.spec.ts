import { WireReader, WireWriter } from './wire.js';

test('what is not asked for is passed over, whatever its kind', () => {
  const fixed = Uint8Array.of(0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4);
  const bytes = Buffer.concat([
    fixed,
    new WireWriter().number(4, Number.MAX_SAFE_INTEGER).text(5, 'text').text(200, 'wanted').finish(),
  ]);
  const seen: number[] = [];
  let wanted = '';
  for (const reader = new WireReader(bytes); reader.next();) {
    seen.push(reader.field);
    if (reader.field === 200) wanted = reader.text();
    else reader.skip();
  }
  expect([seen, wanted]).toEqual([[2, 3, 4, 5, 200], 'wanted']);
});

test.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER])(
  '%i is written and read',
  (value) => {
    const reader = new WireReader(new WireWriter().number(1, value).finish());
    reader.next();
    expect(reader.number()).toBe(value);
  },
);

test('a message within a message may be of any length', () => {
  for (const length of [0, 1, 127, 128, 5_000, 70_000]) {
    const text = 'é'.repeat(length);
    const bytes = new WireWriter()
      .message(1, (outer) => outer.message(2, (inner) => inner.text(3, text)).number(4, 1))
      .finish();
    const outer = new WireReader(bytes);
    outer.next();
    const middle = outer.message();
    middle.next();
    const inner = middle.message();
    inner.next();
    expect(inner.text() === text).toBe(true);
    expect([inner.next(), middle.next(), middle.field, middle.number(), outer.next()]).toEqual([
      false,
      true,
      4,
      1,
      false,
    ]);
  }
});

test.each([
  ['a number that goes on', [0x08, 0x80]],
  ['bytes that are missing', [0x0a, 5, 1]],
])('%s is refused', (_, bytes) => {
  const reader = new WireReader(Uint8Array.from(bytes));
  reader.next();
  expect(() => (reader.field === 1 && bytes[0] === 0x08 ? reader.number() : reader.bytes())).toThrow(RangeError);
});
