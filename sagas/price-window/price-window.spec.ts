import type { JsonObject } from '../../domain/shared/index.js';
import { priceIdOf } from '../../domain/catalog/index.js';
import type { PriceRow } from '../../domain/catalog/index.js';
import { begins, Driven, event, idOf, YES } from '../test-support/drive.js';
import { Shop } from '../test-support/shop.js';
import { priceWindowSaga, type PriceWindowState } from './price-window.js';

const eur = (amount: number, window: { from?: string; to?: string } = {}) => ({ amount, currency: 'EUR', ...window });
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const changed = (prices: readonly JsonObject[], at?: string) =>
  event('variant.prices-changed.v1', {
    productId: 'p-1',
    sku: 'TEA',
    was: [],
    prices,
    ...(at === undefined ? {} : { inForce: { at, priceIds: [] } }),
  });
const rows = [eur(500), eur(400, { from: day(5), to: day(20) }), eur(300, { from: day(15), to: day(20) })];
const begun = () => new Driven<PriceWindowState>(priceWindowSaga).happens(changed(rows, day(3)));
const passed = (saga: Driven<PriceWindowState>) => saga.sent.map(({ command }) => command);

describe('windows of prices', () => {
  it('are waited for by SKU, from the first price on that has one', () => {
    expect(idOf(priceWindowSaga, changed(rows))).toBe('TEA');
    expect([begins(priceWindowSaga, changed(rows, day(3))), begins(priceWindowSaga, changed(rows))]).toEqual([
      true,
      false,
    ]);
    expect([...begun().timers]).toEqual([['window', day(5)]]);
  });

  it('are passed one after the other, each at its own time, however late', () => {
    const saga = begun();
    for (const at of [day(5), day(15), day(20)]) saga.fires('window').answered(YES, `pass-window:${at}`);
    expect(passed(saga)).toEqual([day(5), day(15), day(20)].map((at) => ({ type: 'pass-window', at })));
    expect(saga.sent[0]).toMatchObject({ target: 'variant', id: 'TEA' });
    expect([saga.timers.size, saga.done]).toEqual([0, false]);
  });

  it('are those of the prices that there are now', () => {
    const saga = begun().fires('window');
    saga.happens(changed([eur(500), eur(100, { to: day(9) })], day(5)));
    expect([...saga.timers]).toEqual([['window', day(9)]]);
    saga.answered(YES, `pass-window:${day(5)}`);
    expect([...saga.timers]).toEqual([['window', day(9)]]);
    saga.happens(changed([eur(500)]));
    expect(saga.timers.size).toBe(0);
  });

  it('stay as they are where another price changes, and where something is heard twice', () => {
    const saga = begun();
    const { state } = saga;
    saga
      .happens(changed([eur(501), ...rows.slice(1)]))
      .fires('other')
      .answered(YES, 'other', `pass-window:${day(2)}`);
    expect([saga.state, saga.sent.length, saga.recorded.length]).toEqual([state, 0, 1]);
    const late = begun()
      .fires('window')
      .answered(YES, `pass-window:${day(5)}`, `pass-window:${day(5)}`);
    expect([...late.timers]).toEqual([['window', day(15)]]);
    expect(new Driven<PriceWindowState>(priceWindowSaga).fires('window').sent).toEqual([]);
  });
});

describe('a price with a window, in a shop', () => {
  let shop: Shop;
  beforeAll(async () => (shop = await Shop.open()));
  afterAll(() => shop.close());

  it('begins and ends by events, in order after a restart that slept through both', async () => {
    const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
    const start = shop.clock.now();
    const prices = (sku: string, row: PriceRow) => ({
      create: { type: 'create-variant', productId: `p-${sku}`, sku, prices: [eur(500)], taxClass: 'standard' } as const,
      set: {
        type: 'set-prices',
        prices: [eur(500), row],
        now: at(0),
        known: { channels: new Set<string>(), lists: [] },
      } as const,
    });
    const sale = eur(400, { from: at(60), to: at(120) });
    const { create, set } = prices('TEA', sale);
    await shop.variant('TEA', create);
    await shop.variant('TEA', set);
    const running = await shop.start();
    await shop.atRest(running);
    shop.clock.advance(59_000);
    await shop.atRest(running);
    expect(await shop.types('variant-TEA')).toEqual(['created', 'prices-changed']);
    await running.runner.close();
    shop.clock.set(3_600_000);

    const again = await shop.start();
    shop.clock.advance(0);
    await shop.atRest(again);
    const inForce = (await shop.events('variant-TEA')).slice(2).map(({ type, data }) => [type, data['inForce']]);
    expect(inForce).toEqual([
      ['variant.prices-in-force-changed.v1', { at: at(60), priceIds: [priceIdOf(sale)] }],
      ['variant.prices-in-force-changed.v1', { at: at(120), priceIds: [] }],
    ]);
    await again.runner.close();
  });
});
