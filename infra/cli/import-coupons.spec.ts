import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Answer, Call } from './api-client.js';
import { importCoupons } from './import-coupons.js';

interface Body {
  readonly codes: readonly string[];
  readonly uses?: number;
  readonly usesPerCustomer?: number;
}

/** What the import asks of an engine: codes that are created all or none, once for a key, and listed by promotion. */
class SmallShop {
  readonly coupons = new Map<string, { readonly promotion: string; readonly uses: number }>();
  readonly requests: Body[] = [];
  requestsLeft = Infinity;
  private readonly keys = new Set<string>();

  async call({ method, path, body, key = '' }: Call): Promise<Answer> {
    const promotion = path.split('/')[3] ?? '';
    return method === 'GET' ? this.list(promotion, path) : this.create(promotion, body as Body, key);
  }

  private create(promotion: string, body: Body, key: string): Answer {
    const { codes, uses = 1 } = body;
    if (promotion === 'nowhere') return { status: 404, body: { code: 'PROMOTION.NOT_FOUND', detail: 'None.' } };
    if (this.requestsLeft-- <= 0) throw new Error('killed');
    this.requests.push(body);
    if (this.keys.has(key)) return { status: 201, body: { created: codes.length } };
    const errors = codes.flatMap((code, place) =>
      /^[A-Z0-9-]{4,64}$/.test(code) ? [] : [{ path: `codes[${place}]`, message: 'is malformed' }],
    );
    if (errors.length > 0) return { status: 422, body: { code: 'COUPON.INVALID', errors } };
    const taken = codes.filter((code) => this.coupons.has(code));
    if (taken.length > 0) return { status: 409, body: { code: 'COUPON.CODE_TAKEN', codes: taken } };
    for (const code of codes) this.coupons.set(code, { promotion, uses });
    this.keys.add(key);
    return { status: 201, body: { created: codes.length } };
  }

  private list(promotion: string, path: string): Answer {
    const from = Number(new URLSearchParams(path.split('?')[1]).get('cursor') ?? 0);
    const all = [...this.coupons].filter(([, coupon]) => coupon.promotion === promotion);
    const items = all.slice(from, from + 100).map(([code]) => ({ code }));
    return { status: 200, body: { items, nextCursor: from + 100 < all.length ? String(from + 100) : null } };
  }
}

describe('the import of coupons', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-coupons-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let shop: SmallShop;
  beforeEach(() => (shop = new SmallShop()));

  const run = (content: string | Buffer, promotion = 'summer') => {
    const file = join(directory, 'coupons');
    writeFileSync(file, content);
    return importCoupons(shop, file, { promotion, token: 'admin', concurrency: 1 });
  };
  const refusalOf = (content: string | Buffer): Promise<string> =>
    run(content).then(
      () => 'imported',
      (error: Error) => error.message.replaceAll(directory, ''),
    );

  const three = { 'SAVE-10': 1, 'SAVE-20': 5, 'SAVE-30': 1 };
  it.each<[string, string | Buffer]>([
    ['CSV', 'code,uses\nsave-10,\nSAVE-20,5\nSAVE-30,1\n'],
    ['CSV of a spreadsheet', '\uFEFFuses;code\r\n;" save-10"\r\n5;SAVE-20\r\n\r\n1;SAVE-30'],
    ['NDJSON', '\n{"code":"save-10"}\n{"code":"SAVE-20","uses":5}\n{"code":"SAVE-30","uses":1}'],
    ['gzipped CSV', gzipSync('code,uses\nSAVE-10\n'.replace('10\n', '10,\n') + 'SAVE-20,5\nSAVE-30,1\n')],
  ])('takes %s', async (_kind, content) => {
    expect(await run(content)).toMatchObject({ created: 3, known: 0, refused: [] });
    expect(Object.fromEntries([...shop.coupons].map(([code, { uses }]) => [code, uses]))).toEqual(three);
  });

  it('sends lines of equal limits together, at most 5,000', async () => {
    const lines = Array.from({ length: 6_300 }, (_, n) => `CODE-${n},${n % 6 === 0 ? 2 : 1}`);
    expect(await run(['code,uses', ...lines].join('\n'))).toMatchObject({ created: 6_300 });
    expect(shop.requests.map(({ codes, uses }) => [codes.length, uses])).toEqual([
      [5_000, 1],
      [1_050, 2],
      [250, 1],
    ]);
  });

  it('goes on where it was cut off, and creates nothing twice', async () => {
    const file = ['code', ...Array.from({ length: 5_500 }, (_, n) => `CODE-${n}`)].join('\n');
    shop.requestsLeft = 1;
    await expect(run(file)).rejects.toThrow('killed');
    expect(shop.coupons.size).toBe(5_000);
    shop.requestsLeft = Infinity;
    expect(await run(file)).toMatchObject({ created: 5_500, known: 0, refused: [] });
    expect(shop.coupons.size).toBe(5_500);
  });

  it('leaves what the promotion has already as it is, and names every line that is refused', async () => {
    await run('code\nWINTER-1\n', 'winter');
    await run(['code', ...Array.from({ length: 150 }, (_, n) => `KNOWN-${n}`)].join('\n'));
    const result = await run('code\nKNOWN-0\nwinter-1\nno\nKNOWN-149\nFRESH-1\n');
    expect(result).toMatchObject({ created: 1, known: 2 });
    const at = (line: number) => `${join(directory, 'coupons')}:${line}`;
    expect(result.refused).toEqual([
      `${at(4)} no: is malformed`,
      `${at(3)} winter-1: is a coupon of another promotion`,
    ]);
    expect(shop.coupons.get('FRESH-1')).toEqual({ promotion: 'summer', uses: 1 });
  });

  it.each([
    ['code,ues\nA-10,1\n', '/coupons:1 has a column ues; known are code, uses, usesPerCustomer'],
    ['code,uses\nSAVE-10,1\nSAVE-20,many\n', '/coupons:3 has a limit that is no whole number from 1 to 1000000000'],
    ['uses\n1\n', '/coupons:2 has no code, a text'],
    ['code\nSAVE-10\nsave-10\n', '/coupons:3 has code SAVE-10 again, which line 2 has: leave one of the two'],
    ['code,uses\nSAVE-10,1,1\n', /^\/coupons is no CSV: .*line 2$/],
    ['code\n"SAVE-10\n', /^\/coupons is no CSV: /],
    ['{"code":"SAVE-10","use":1}', '/coupons:1 has a member use; known are code, uses, usesPerCustomer'],
    ['{"code":"SAVE-10"}\n{"code"}', '/coupons:2 is no JSON; one whole JSON object a line is wanted'],
  ])('%j sends nothing and names the line', async (content, message) => {
    expect(await refusalOf(content)).toMatch(message);
    expect(shop.requests).toEqual([]);
  });

  it('ends where the promotion is not there', async () => {
    await expect(run('code\nSAVE-10\n', 'nowhere')).rejects.toThrow('404 PROMOTION.NOT_FOUND');
  });
});
