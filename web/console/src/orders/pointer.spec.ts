import { differing, valueAt } from './pointer.js';

describe('a JSON Pointer', () => {
  const document = { lines: [{ sku: 'A', tags: { 'a/b': 1, 'm~n': 2 } }], payment: null };
  it.each([
    ['', document],
    ['/lines/0/sku', 'A'],
    ['/lines/0/tags/a~1b', 1],
    ['/lines/0/tags/m~0n', 2],
    ['/lines/1/sku', undefined],
    ['/payment/status', undefined],
    ['/payment', null],
    ['/toString', undefined],
  ])('leads with "%s" to what is there', (pointer, value) => {
    expect(valueAt(document, pointer)).toEqual(value);
  });

  it('tells where two documents differ', () => {
    const differs = differing(document, { ...document, payment: { status: 'captured' } });
    expect(differs('/payment/status')).toBe(true);
    expect(differs('/lines/0')).toBe(false);
  });
});
