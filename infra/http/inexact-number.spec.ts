import { inexactNumber } from './inexact-number.js';

describe('a number in a body', () => {
  it.each([
    '{"a":1}',
    '{"a":1.5}',
    '{"a":1.0,"b":1e3,"c":120e-1,"d":0.0e-400}',
    '{"a":"9007199254740990.5"}',
    '{"a":"\\"9007199254740990.5"}',
    '{"a":9007199254740991,"b":1e400}',
  ])('is fine where it is read as it was written: %s', (text) => {
    expect(inexactNumber(text)).toBeNull();
  });

  it.each([
    ['{"a":[9007199254740990.5]}', '9007199254740990.5'],
    ['{"a":1.00000000000000001}', '1.00000000000000001'],
    ['{"a":"x","b":1e-400}', '1e-400'],
    ['{"a":-10000000000000000001e-1}', '-10000000000000000001e-1'],
  ])('is found where it would be read as another, whole one: %s', (text, number) => {
    expect(inexactNumber(text)).toBe(number);
  });
});
