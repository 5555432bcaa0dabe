import { codesIn, DraftReader, filled, linesIn, someOf, someText } from './draft-reader.js';

describe('what is typed into a form', () => {
  it('is codes between commas and blanks, and names one a line', () => {
    expect(codesIn(' AT, DE;CH\nLI ')).toEqual(['AT', 'DE', 'CH', 'LI']);
    expect(linesIn('Salt, spices\n\n Tea ')).toEqual(['Salt, spices', 'Tea']);
    expect([someOf([]), someText('  '), someText(' a ')]).toEqual([undefined, undefined, 'a']);
    expect(filled({ a: undefined, b: 0 })).toEqual({ b: 0 });
  });

  it('is amounts in the minor units of their currency, and is told where it is none', () => {
    const reader = new DraftReader();
    const amounts = [
      { amount: '12,5', currency: 'usd' },
      { amount: '700', currency: 'JPY' },
      { amount: '1.5', currency: 'JPY' },
      { amount: '0', currency: 'EUR' },
    ];
    expect(reader.monies('amounts', amounts).slice(0, 2)).toEqual([
      { amount: 1250, currency: 'USD' },
      { amount: 700, currency: 'JPY' },
    ]);
    expect(reader.misfits.map(({ path }) => path)).toEqual(['amounts.2.amount', 'amounts.3.amount']);
    expect(new DraftReader().amount('price', { amount: '0', currency: 'EUR' }, 0)).toBe(0);
  });

  it('is whole numbers, and texts of which no name stands twice', () => {
    const reader = new DraftReader();
    expect([reader.whole('a', ''), reader.whole('b', ' -3'), reader.whole('c', '1.5')]).toEqual([
      undefined,
      -3,
      undefined,
    ]);
    const rows = [
      { name: 'size ', text: 'L' },
      { name: 'size', text: 'M' },
      { name: '', text: 'x' },
      { name: ' ', text: '' },
    ];
    reader.named('attributes', rows);
    expect(reader.reading(null).misfits.map(({ path }) => path)).toEqual([
      'c',
      'attributes.1.name',
      'attributes.2.name',
    ]);
  });
});
