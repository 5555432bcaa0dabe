import fc from 'fast-check';
import { v5 } from 'uuid';
import { deriveId } from './derive-id.js';

describe('a derived id', () => {
  it('is the UUID version 5 of its parent and name', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (parent, name) => {
        expect(deriveId(parent, name)).toBe(v5(name, parent));
      }),
    );
  });

  it('is refused for a parent that is no UUID', () => {
    expect(() => deriveId('cart-1', 'x')).toThrow(TypeError);
  });

  it('is the same every time and differs by name and parent', () => {
    const parent = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
    const other = '7d444841-9dc0-11d1-b245-5ffdce74fad2';
    const id = deriveId(parent, 'order');
    expect(deriveId(parent, 'order')).toBe(id);
    expect(new Set([id, deriveId(parent, 'payment'), deriveId(other, 'order')]).size).toBe(3);
  });
});

describe('an id that follows from another', () => {
  const parent = '5d1f0c9e-6a0b-4c53-9c61-0f6f3f1e7a42';

  it.each([`x${parent}`, `${parent}0`, `${parent}\n`])('follows from a UUID and nothing else: not from %j', (other) => {
    expect(() => deriveId(other, 'name')).toThrow(TypeError);
  });

  it.each([47, 48, 49, 150, 1_000])(
    'is the same as anybody makes it, of a name of %i characters of three bytes',
    (length) => {
      const name = `${'ตั'.repeat(length / 2)}.`;
      expect(deriveId(parent, name)).toBe(v5(name, parent));
    },
  );
});
