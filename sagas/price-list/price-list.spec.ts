import { PRODUCTS_A_PAGE } from '../../domain/price-list/index.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { Driven, event, idOf, no, YES } from '../test-support/drive.js';
import { Shop } from '../test-support/shop.js';
import { priceListSaga, type PriceListState } from './price-list.js';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const of = (type: string, data: JsonObject = {}) => event(`price-list.${type}.v1`, { code: 'sale', ...data });
const window = { from: day(5), to: day(20) };
const created = of('created', { name: 'Sale', priority: 1, ...window, isInForce: false, at: day(3) });
const begun = () => new Driven<PriceListState>(priceListSaga).happens(created);
const told = (page: number) => `tell-products:${page * PRODUCTS_A_PAGE}`;

describe('a price list', () => {
  it('begins and ends at its times, one after the other', () => {
    expect(idOf(priceListSaga, created)).toBe('sale');
    const saga = begun();
    expect([...saga.timers]).toEqual([['window', day(5)]]);
    saga
      .fires('window')
      .answered(YES, `pass-window:${day(5)}`)
      .fires('window');
    expect(saga.sent.map(({ command }) => command)).toEqual([
      { type: 'pass-list-window', at: day(5) },
      { type: 'pass-list-window', at: day(20) },
    ]);
    saga.answered(YES, `pass-window:${day(20)}`, `pass-window:${day(5)}`);
    expect([saga.timers.size, saga.done]).toEqual([0, false]);
  });

  it('waits for the times that it was given last', () => {
    const changed = (data: JsonObject) => of('changed', { isInForce: false, at: day(4), ...data });
    expect([...begun().happens(changed({ from: day(7) })).timers]).toEqual([['window', day(7)]]);
    expect([...begun().happens(changed({ from: null })).timers]).toEqual([['window', day(20)]]);
    expect(begun().happens(changed({ from: null, to: null })).timers.size).toBe(0);
  });

  it('tells its products page by page until none is left', () => {
    const saga = begun().happens(of('begun', { at: day(5) }));
    saga.answered(YES, told(0)).answered(YES, told(1)).answered(no('no-more-products'), told(2));
    expect(saga.keys).toEqual([told(0), told(1), told(2)]);
    expect(saga.state.telling).toBeNull();
    saga.happens(of('ended', { at: day(20) }));
    expect(saga.keys.at(-1)).toBe(told(0));
  });

  it('begins with the first page again where it changes meanwhile, and tells no product of another name', () => {
    const saga = begun()
      .happens(of('begun', { at: day(5) }))
      .answered(YES, told(0));
    saga.happens(of('changed', { priority: 2, isInForce: true, at: day(6) })).answered(YES, told(1));
    expect(saga.keys).toEqual([told(0), told(1), told(0)]);
    const renamed = begun().happens(of('changed', { name: 'Other', isInForce: false, at: day(4) }));
    expect(renamed.sent).toEqual([]);
    expect(renamed.fires('other').answered(YES, 'other', told(0)).sent).toEqual([]);
  });
});

describe('the products of a price list, in a shop', () => {
  let shop: Shop;
  beforeAll(async () => (shop = await Shop.open()));
  afterAll(() => shop.close());

  it('are told by pages that it began and ended, after a restart from where it was left', async () => {
    const start = shop.clock.now();
    const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
    const skus = Array.from({ length: PRODUCTS_A_PAGE + 3 }, (_, index) => `TEA-${index}`);
    const price = { amount: 500, currency: 'EUR' };
    for (const sku of skus) {
      await shop.variant(sku, { type: 'create-variant', productId: `p-${sku}`, sku, prices: [price], taxClass: 'a' });
    }
    await shop.listed('sale', skus);
    await shop.priceList('sale', {
      type: 'create-price-list',
      code: 'sale',
      details: { name: 'Sale', priority: 1, from: at(60), to: at(120) },
      now: at(0),
      known: { channels: new Set() },
    });
    const running = await shop.start();
    await shop.atRest(running);
    shop.clock.advance(60_000);
    await shop.atRest(running);
    const lastOf = async (sku: string) => (await shop.events(`variant-${sku}`)).at(-1)?.data['list'];
    for (const sku of [skus[0] ?? '', skus.at(-1) ?? '']) {
      expect(await lastOf(sku)).toMatchObject({ code: 'sale', revision: 1, isInForce: true });
    }
    await running.runner.close();
    shop.clock.set(3_600_000);

    const again = await shop.start();
    shop.clock.advance(0);
    await shop.atRest(again);
    for (const sku of [skus[0] ?? '', skus.at(-1) ?? '']) {
      expect(await lastOf(sku)).toMatchObject({ revision: 2, isInForce: false });
    }
    expect(await shop.types('pricelist-sale')).toEqual(['created', 'begun', 'ended']);
    await again.runner.close();
  });
});
