import fc from 'fast-check';
import { differing, withChanges } from './index.js';

interface Shop {
  readonly name: string;
  readonly places: readonly string[];
  readonly note?: string | null;
}

const shop: Shop = { name: 'Tea', places: ['AT', 'DE'] };

describe('the members of a change that differ', () => {
  it('are those with another value, lists compared by what is in them and in its order', () => {
    expect(differing({ name: 'Tea', places: ['AT', 'DE'] }, shop)).toEqual({});
    expect(differing({ name: 'Pots', places: ['DE', 'AT'] }, shop)).toEqual({ name: 'Pots', places: ['DE', 'AT'] });
  });

  it('are null only where there is something to take away', () => {
    expect(differing({ note: null }, shop)).toEqual({});
    expect(differing({ note: null }, { ...shop, note: 'closed' })).toEqual({ note: null });
    expect(differing({ note: 'closed' }, shop)).toEqual({ note: 'closed' });
  });
});

describe('a whole with its changes', () => {
  it('has what was changed, without what was taken away', () => {
    const open: Shop = { ...shop, note: 'closed' };
    expect(withChanges(open, { name: 'Pots', note: null })).toEqual({ name: 'Pots', places: ['AT', 'DE'] });
    expect(withChanges(shop, {})).toEqual(shop);
  });

  it('is what all changes make of it, and what those that differ make of it', () => {
    const value = fc.option(fc.oneof(fc.nat(3), fc.array(fc.nat(2), { maxLength: 2 })));
    const members = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value);
    fc.assert(
      fc.property(members, members, (some, changes) => {
        const whole = withChanges({}, some);
        const needed = differing(changes, whole);
        expect(withChanges(whole, needed)).toEqual(withChanges(whole, changes));
        expect(differing(needed, withChanges(whole, needed))).toEqual({});
      }),
    );
  });
});
