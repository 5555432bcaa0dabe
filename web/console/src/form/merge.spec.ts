import { patchOf, rebased } from './merge.js';

describe('what somebody typed', () => {
  it('stays upon what has changed meanwhile, and what was not touched is as it is now', () => {
    const before = { name: 'Tea', brand: 'Hill', rows: [{ a: '1' }] };
    const typed = { name: 'Green tea', brand: 'Hill', rows: [{ a: '1' }, { a: '2' }] };
    const now = { name: 'Black tea', brand: 'Dale', rows: [{ a: '3' }] };
    expect(rebased(before, typed, now)).toEqual({ name: 'Green tea', brand: 'Dale', rows: [{ a: '1' }, { a: '2' }] });
  });

  it('is sent as the members that differ, with null for what is gone', () => {
    expect(patchOf<object>({ name: 'Tea', brand: 'Hill', c: ['a'] }, { name: 'Tea', c: ['b'] })).toEqual({
      brand: null,
      c: ['b'],
    });
  });
});
