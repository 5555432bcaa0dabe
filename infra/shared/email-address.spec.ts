import fc from 'fast-check';
import { asciiDomain, normalEmail } from './email-address.js';

describe('the normal form of an e-mail address', () => {
  it.each([
    ['composed and decomposed', 'am\u00e9lie@example.org', 'ame\u0301lie@example.org'],
    ['in capitals', 'amélie@example.org', 'AMÉLIE@EXAMPLE.ORG'],
    ['in decomposed capitals', 'amélie@example.org', 'AME\u0301LIE@example.org'],
    ['with blanks around it', 'a@example.org', '  a@example.org\n'],
    ['with its domain as U-label and A-label', 'a@bücher.de', 'a@xn--bcher-kva.de'],
    ['with its A-label in capitals', 'a@bücher.de', 'a@XN--BCHER-KVA.DE'],
    ['with its U-label in capitals', 'a@bücher.de', 'a@BÜCHER.de'],
    ['with its U-label decomposed', 'a@bücher.de', 'a@bu\u0308cher.de'],
    ['with an ideographic full stop', 'a@例え.jp', 'a@例え。jp'],
    ['with a domain in full width', 'a@example.org', 'a@ｅｘａｍｐｌｅ.org'],
    ['in Greek capitals', 'οδος@παράδειγμα.ελ', 'ΟΔΟΣ@ΠΑΡΆΔΕΙΓΜΑ.ΕΛ'],
    ['in Cyrillic capitals', 'иван@пример.рф', 'ИВАН@ПРИМЕР.РФ'],
    ['in Cyrillic as A-label', 'иван@пример.рф', 'иван@xn--e1afmkfd.xn--p1ai'],
  ])('is one for an address %s', (_spelling, one, other) => {
    expect(normalEmail(other)).toBe(normalEmail(one));
  });

  it.each([
    ['another plus tag', 'a+b@example.org', 'a@example.org'],
    ['dots in the local part', 'a.b@example.org', 'ab@example.org'],
    ['a dotless i', 'mıke@example.org', 'mike@example.org'],
    ['an accent', 'amélie@example.org', 'amelie@example.org'],
    ['a long s', 'ſam@example.org', 'sam@example.org'],
    ['a sharp s in the domain', 'a@straße.de', 'a@strasse.de'],
    ['a path behind the domain', 'a@example.org/x', 'a@example.org'],
    ['a port behind the domain', 'a@example.org:80', 'a@example.org'],
  ])('tells addresses apart that differ by %s', (_difference, one, other) => {
    expect(normalEmail(other)).not.toBe(normalEmail(one));
  });

  it('of a normal form is the same again, whatever the text', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.emailAddress());
    fc.assert(fc.property(text, (one) => expect(normalEmail(normalEmail(one))).toBe(normalEmail(one))));
  });
});

describe('the domain of an address', () => {
  it.each(['example.org', 'डाटा.भारत', 'ไทย.ไทย', 'தமிழ்.இந்தியா', 'かな.テスト', 'نامه‌ای.com', 'a-b.c1.museum'])(
    '%s is one',
    (domain) => expect(asciiDomain(domain)).not.toBeNull(),
  );
  it.each([
    'localhost',
    '1.2.3.4',
    'a..b',
    '-a.de',
    'a-.de',
    'a_b.de',
    'xn--a.de',
    'a b.de',
    'a.d',
    'a%2eb.de',
    `${'a'.repeat(64)}.de`,
  ])('%s is none', (domain) => expect(asciiDomain(domain)).toBeNull());
});

describe('the domain of an address', () => {
  const ofLength = (length: number): string => `${'a.'.repeat((length - 3) / 2)}com`;

  it('has 253 characters at most', () => {
    expect(asciiDomain(ofLength(253))).toBe(ofLength(253));
    expect(asciiDomain(ofLength(255))).toBeNull();
  });

  it.each(['x@bücher.de', 'bücher.de/x', 'bücher.de:80', 'example.org_', 'example.org.', 'a％b.de'])(
    'is nothing that only holds one: %s',
    (domain) => expect(asciiDomain(domain)).toBeNull(),
  );

  it('may have labels of one character', () => {
    expect(asciiDomain('X.example.org')).toBe('x.example.org');
  });
});

describe('what is no address', () => {
  it.each([
    ['Example.org', 'example.org'],
    ['A@no host', 'a@no host'],
    ['@BÜCHER.de', '@xn--bcher-kva.de'],
  ])('is brought to lower case: %s', (text, normal) => expect(normalEmail(text)).toBe(normal));
});
