import { csvOf } from './csv.js';

describe('rows as CSV', () => {
  it('have their names in the first line and quotes where they are needed', () => {
    expect(
      csvOf(
        ['key', 'revenue'],
        [
          ['Tea, green', -5],
          ['6" pan', 7],
        ],
      ),
    ).toBe('key,revenue\r\n"Tea, green",-5\r\n"6"" pan",7');
  });

  it('give a spreadsheet no formula', () => {
    expect(csvOf(['key'], [['=1+1'], ['@x'], ['a=1']])).toBe("key\r\n'=1+1\r\n'@x\r\na=1");
  });
});
