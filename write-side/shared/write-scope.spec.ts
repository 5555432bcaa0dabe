import fc from 'fast-check';
import { validate } from 'uuid';
import { checkCharacter, orderIdOf, orderNumberOf, secretId } from './write-scope.js';

const secret = Buffer.from('secret');
const digitsOf = (number: string) => number.replaceAll('-', '');
const checks = (digits: string) => checkCharacter(digits.slice(0, -1)) === digits.at(-1);
const uuid = () => fc.uuid();

describe('an id that a command makes', () => {
  it('is a UUID that follows from command, name and secret', () => {
    const id = secretId(secret, 'c1', 'cart');
    expect(validate(id)).toBe(true);
    expect(secretId(secret, 'c1', 'cart')).toBe(id);
    const others = [
      secretId(secret, 'c1', 'refund'),
      secretId(secret, 'c2', 'cart'),
      secretId(Buffer.from('x'), 'c1', 'cart'),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});

describe('an order number', () => {
  it('is short, speakable, checked, and names its order', () => {
    fc.assert(
      fc.property(uuid(), (commandId) => {
        const number = orderNumberOf(secret, commandId);
        expect(number).toMatch(
          /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/,
        );
        expect(checks(digitsOf(number))).toBe(true);
        expect(orderIdOf(secret, number)).toBe(orderIdOf(secret, number));
        expect(orderIdOf(secret, number)).not.toBe(orderIdOf(secret, orderNumberOf(secret, `${commandId}!`)));
      }),
    );
  });

  it('with one wrong character is noticed', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    fc.assert(
      fc.property(uuid(), fc.nat(12), character, (commandId, index, wrong) => {
        const digits = digitsOf(orderNumberOf(secret, commandId));
        fc.pre(digits[index] !== wrong);
        expect(checks(digits.slice(0, index) + wrong + digits.slice(index + 1))).toBe(false);
      }),
    );
  });
});
