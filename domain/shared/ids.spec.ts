import fc from 'fast-check';
import { v5 } from 'uuid';
import { deriveId } from './ids.js';

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
});
