import fc from 'fast-check';
import { parseJsonBody } from './json-body.js';
import { ProblemError } from './problem.js';

const read = (text: string | Buffer) => parseJsonBody(Buffer.from(text));

/** Status, path and message that a body is refused with. */
function refusalOf(text: string): readonly unknown[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ProblemError) return [error.status, error.errors?.[0]?.path];
    throw error;
  }
  throw new Error('nothing was refused');
}

const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const members = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":{}`).join();

describe('a JSON body', () => {
  it('is what JSON.parse makes of it', () => {
    // A member of this name would be lost where it is assigned, so it is refused.
    const value = fc.jsonValue({ noUnicodeString: false }).filter((one) => !JSON.stringify(one).includes('__proto__'));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fc.constantFrom(undefined, 2), (body, indent) => {
        fc.pre(!Object.hasOwn(body, '__proto__'));
        const text = JSON.stringify(body, null, indent);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('of no bytes is none', () => expect(read('')).toBeUndefined());

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'])('keeps a member %s', (name) => {
    expect(read(`{"attributes":{"${name}":"steel"}}`)).toEqual({ attributes: { [name]: 'steel' } });
  });

  it.each([
    ['"quantity":1,"quantity":5', 'quantity'],
    ['"quantity":1,"\\u0071uantity":1', 'quantity'],
    ['"lines":[{"sku":"a"},{"sku":"a","sku":"b"}]', 'lines.1.sku'],
    ['"a":{"b":1},"c":{"b":{"":1 , "" : 2}}', 'c.b.'],
  ])('that names a member twice is refused by its path: %s', (text, path) => {
    expect(refusalOf(`{${text}}`)).toEqual([400, path]);
  });

  it('may name a member in one object and again in another', () => {
    expect(read('{"a":{"b":"a"},"b":[{"a":1},{"a":1}],"c":":"}')).toEqual({
      a: { b: 'a' },
      b: [{ a: 1 }, { a: 1 }],
      c: ':',
    });
  });

  it.each(['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto__":1}}'])(
    'with the member __proto__ is refused: %s',
    (text) => {
      expect(refusalOf(text)).toEqual([400, 'a.__proto__']);
    },
  );

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '1e-400',
    '1999.00000000000000001',
    '0.12345678901234567890',
    '9'.repeat(400),
  ])('with %s, which loses digits, is refused', (number) => {
    expect(refusalOf(`{"price":{"amount":${number}}}`)).toEqual([400, 'price.amount']);
  });

  it.each([
    '9007199254740991',
    '1e0',
    '1.0',
    '-0',
    '100.00000000000001',
    '1E+2',
    '0.1',
    '1e22',
    '0e999',
    '1000000000000000000',
  ])('with %s, which keeps its value, is taken', (number) =>
    expect(read(`{"n":${number}}`)).toEqual({ n: Number(number) }),
  );

  it('keeps every number that JSON.stringify writes', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(numbers, (n) => expect(read(JSON.stringify({ n }))).toEqual(JSON.parse(JSON.stringify({ n })))),
    );
  });

  it('has at most 10,000 members and 64 levels, and not one more', () => {
    expect(Object.keys(read(`{${members(10_000)}}`) ?? {})).toHaveLength(10_000);
    expect(refusalOf(`{${members(10_001)}}`)[0]).toBe(413);
    expect(read(`{"a":[${'1,'.repeat(9_998)}1]}`)).toBeDefined();
    expect(refusalOf(`{"a":[${'1,'.repeat(9_999)}1]}`)[0]).toBe(413);
    expect(read(nested(64))).toBeDefined();
    expect(refusalOf(nested(65))[0]).toBe(400);
  });

  it.each([
    '{',
    '{"a"',
    '{"a":"',
    '{"a":"\\',
    ']',
    '{"a":1]',
    '{"a":-}',
    '{"a":1e}',
    '{"a":01}',
    '{"\\x":1}',
    '{,}',
    '5',
    '[]',
    'null',
  ])('that is no object is refused: %s', (text) => expect(refusalOf(text)).toEqual([400, '']));
});
