import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { personalFields } from './personal-fields.js';

const here = (path: string): URL => new URL(path, import.meta.url);
const source = readFileSync(here('personal-fields.ts'), 'utf8');
const contexts = readdirSync(here('.')).filter((name) => existsSync(here(`${name}/events.ts`)));

describe('the personal fields of all events', () => {
  it('are known of today’s events', () => {
    expect(Object.keys(personalFields)).toEqual(
      expect.arrayContaining(['cart.checked-out.v1', 'order.opened.v1', 'payment.requested.v1']),
    );
  });

  it.each(contexts)('are asked of the context %s', (context) => {
    expect(source).toMatch(new RegExp(`^import type \\{ \\w+Event \\} from '\\./${context}/index\\.js';$`, 'm'));
  });
});
