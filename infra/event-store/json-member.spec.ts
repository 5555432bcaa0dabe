import fc from 'fast-check';
import { memberIn } from './json-member.js';

const found = (value: unknown, name: string): string | null => {
  const text = JSON.stringify(value);
  const span = memberIn(text, name);
  return span === null ? null : text.slice(span.start, span.end);
};

describe('the place of a member in JSON text', () => {
  it('is that of the object’s own member, whatever stands before it', () => {
    const value = {
      a: 'x"personal":1\\',
      b: [{ personal: 'nested' }, '}', -1.5e3],
      c: {},
      personal: { x: [1] },
      d: null,
    };
    expect(found(value, 'personal')).toBe('{"x":[1]}');
    expect(found(value, 'b')).toBe('[{"personal":"nested"},"}",-1500]');
    expect(found(value, 'd')).toBe('null');
  });

  it('is none where the member is deeper, only begins alike, or there is no object', () => {
    expect(found({ a: { personal: 1 }, personalised: 2 }, 'personal')).toBeNull();
    for (const value of [{}, [], [{ personal: 1 }], 'personal', null, 5]) expect(found(value, 'personal')).toBeNull();
  });

  it('is looked for in an inner object from its beginning', () => {
    const text = JSON.stringify({ token: 1, personal: { email: 'a', token: 'b' }, after: 2 });
    const outer = memberIn(text, 'personal');
    const inner = memberIn(text, 'token', outer?.start);
    expect(text.slice(inner?.start, inner?.end)).toBe('"b"');
    expect(memberIn(text, 'after', outer?.start)).toBeNull();
  });

  it('is where parsing finds it, in any object', () => {
    const keys = fc.oneof(fc.constantFrom('a', 'b', '"', '\\', 'a":'), fc.string());
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), keys, (value, name) => {
        const expected = Object.hasOwn(value, name) ? JSON.stringify(value[name]) : null;
        expect(found(value, name)).toBe(expected);
      }),
    );
  });
});
