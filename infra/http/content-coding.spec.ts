import { preferredCoding } from './content-coding.js';

describe('the coding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['deflate', 'deflate'],
    ['zstd', null],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, br;q=0, deflate;q=0', null],
    ['gzip;q=0.000', null],
    ['*;q=0', null],
    ['identity;q=0.5, gzip', 'gzip'],
    ['identity, gzip;q=0.5', null],
    ['identity, gzip', 'gzip'],
    ['br;q=0.4, gzip;q=0.8', 'gzip'],
    ['gzip ; q=0.8 , br ; q=0.9', 'br'],
    ['gzip;q=much', null],
    ['gzip;q=-1', null],
    [',,gzip', 'gzip'],
  ])('for who accepts %p is %p', (accepted, coding) => {
    expect(preferredCoding(accepted, ['br', 'gzip', 'deflate'])).toBe(coding);
  });
});
