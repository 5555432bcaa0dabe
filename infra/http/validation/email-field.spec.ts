import { validateSync } from 'class-validator';
import { EmailField } from './text-fields.js';

class Buyer {
  @EmailField()
  readonly email: unknown;
  constructor(email: unknown) {
    this.email = email;
  }
}
const isTaken = (email: unknown): boolean => validateSync(new Buyer(email)).length === 0;

describe('an e-mail address of a buyer', () => {
  it.each([
    'jane+shop@example.org',
    "o'brien.x_y-z!#$%&*/=?^`{|}~@example.co.uk",
    'अजय@डाटा.भारत',
    'ทดสอบ@ไทย.ไทย',
    'a@தமிழ்.இந்தியா',
    'a@ខ្មែរ.com',
    'a@မြန်မာ.com',
    'a@bu\u0308cher.de',
    'a@xn--bcher-kva.de',
    'אני@דוגמה.קום',
    '电子邮件@例子.中国',
  ])('%s is taken', (email) => expect(isTaken(email)).toBe(true));

  it.each([
    'a',
    'a@',
    '@b.de',
    'a@b',
    'a b@c.de',
    'a@b@c.de',
    'a@-b.de',
    'a@b..de',
    'a@1.2.3.4',
    'a@[::1]',
    'a@b.de/x',
    'a@b.de:80',
    'a@b%2e.de',
    'a@xn--a.de',
    '<a@b.de>',
    'a,b@c.de',
    'a\r\nBcc: b@c.de',
    `${'x'.repeat(250)}@b.de`,
    5,
    null,
    ['a@b.de'],
  ])('%j is refused', (email) => expect(isTaken(email)).toBe(false));
});
