import { given } from '../shared/test-support/index.js';
import {
  listedProductsAggregate,
  listedProductsDecider,
  listTerms,
  priceListDecider,
  priceListView,
  PRODUCTS_A_PAGE,
  productsFrom,
} from './index.js';
import type { ChangePriceList, CreatePriceList, PriceListTermsEvent } from './index.js';

const day = (number: number) => `2026-06-${String(number).padStart(2, '0')}T00:00:00.000Z`;
const details = { name: 'Sale', priority: 10, from: day(10), to: day(20), customerGroups: ['trade'] };
const known = { channels: new Set(['shop']) };
const create = (given: Partial<CreatePriceList['details']> = {}, now = day(1)): CreatePriceList => ({
  type: 'create-price-list',
  code: 'sale',
  details: { ...details, ...given },
  now,
  known,
});
const change = (changes: ChangePriceList['changes'], now = day(1)): ChangePriceList => ({
  type: 'change-price-list',
  code: 'sale',
  changes,
  now,
  known,
});
const pass = (at: string) => ({ type: 'pass-list-window', at }) as const;
const created = (isInForce = false, at = day(1)): PriceListTermsEvent => ({
  type: 'price-list.created.v1',
  data: { code: 'sale', ...details, isInForce, at },
});
const begun = (at: string): PriceListTermsEvent => ({ type: 'price-list.begun.v1', data: { code: 'sale', at } });
const ended = (at: string): PriceListTermsEvent => ({ type: 'price-list.ended.v1', data: { code: 'sale', at } });
const lists = given(priceListDecider);
const paths = (...all: readonly string[]) => ({
  errors: all.map((path) => ({ path, message: expect.any(String) as string })),
});

describe('a price list', () => {
  it('is created once, in force at once where it has begun', () => {
    lists.when(create()).then(created());
    lists.when(create({}, day(10))).then(created(true, day(10)));
    lists.when(create({}, day(20))).then(created(false, day(20)));
    lists.when(create({ customerGroups: ['trade', 'trade'] })).then(created());
    lists.events(created()).when(create()).refused('PRICE_LIST.CODE_TAKEN');
  });

  it('begins and ends at its times, once, and never back', () => {
    lists
      .events(created())
      .when(pass(day(10)))
      .thenOnce(begun(day(10)));
    lists
      .events(created(), begun(day(10)))
      .when(pass(day(20)))
      .thenOnce(ended(day(20)));
    lists
      .events(created(), begun(day(10)), ended(day(20)))
      .when(pass(day(10)))
      .then();
    lists
      .events(created())
      .when(pass(day(5)))
      .then();
    lists.when(pass(day(5))).refused('PRICE_LIST.NOT_FOUND');
  });

  it('changes what is said of it, with whether it is in force then', () => {
    const before = lists.events(created());
    const changed = (data: ChangePriceList['changes'], isInForce: boolean, at: string): PriceListTermsEvent => ({
      type: 'price-list.changed.v1',
      data: { code: 'sale', ...data, isInForce, at },
    });
    before.when(change({ priority: 20 }, day(2))).thenOnce(changed({ priority: 20 }, false, day(2)));
    before.when(change({ from: null }, day(2))).thenOnce(changed({ from: null }, true, day(2)));
    before.when(change({ ...details, countries: null })).then();
    const everybody = changed({ customerGroups: null }, false, day(2));
    before.when(change({ customerGroups: null }, day(2))).thenOnce(everybody);
    expect(listTerms(before.events(everybody).state(), 1)).not.toHaveProperty('customerGroups');
    lists.when(change({ priority: 1 })).refused('PRICE_LIST.NOT_FOUND');
  });

  it('keeps its channels when something else is changed, and has others looked at', () => {
    const before = lists.events({
      type: 'price-list.created.v1',
      data: { code: 'sale', ...details, channels: ['away'], isInForce: false, at: day(1) },
    });
    before.when(change({ priority: 20 })).accepted();
    before.when(change({ channels: ['away', 'shop'] })).accepted();
    before.when(change({ channels: ['nowhere'] })).refused('PRICE_LIST.INVALID', paths('channels.0'));
  });

  it('stays begun whatever the clock of who changes it says', () => {
    const events = [created(), begun(day(10))];
    const [event] = lists
      .events(...events)
      .when(change({ priority: 1 }, day(9)))
      .accepted();
    expect(event?.data).toMatchObject({ isInForce: true, at: day(10) });
  });

  it('is refused with all that is wrong with it', () => {
    const wrong = { to: day(5), channels: ['shop', 'nowhere'], countries: ['AT', 'Austria'], customerGroups: [] };
    const all = paths('to', 'customerGroups', 'channels.1', 'countries.1');
    lists.when(create(wrong)).refused('PRICE_LIST.INVALID', all);
    lists.events(created()).when(change(wrong)).refused('PRICE_LIST.INVALID', all);
    lists
      .events(created())
      .when(change({ from: day(25) }))
      .refused('PRICE_LIST.INVALID', paths('to'));
  });

  it('is shown, and tells products its terms', () => {
    const state = lists.events(created()).state();
    expect(state.status === 'open' && priceListView(state, 3)).toEqual({
      code: 'sale',
      ...details,
      inForce: false,
      version: 3,
    });
    const terms = { code: 'sale', revision: 3, priority: 10, customerGroups: ['trade'], isInForce: false };
    expect(listTerms(state, 3)).toEqual(terms);
    expect(listTerms(lists.state(), -1)).toBeNull();
  });
});

describe('the products of a list', () => {
  const products = given(listedProductsDecider);
  const added = (...skus: readonly string[]) =>
    ({ type: 'price-list-products.added.v1', data: { code: 'sale', skus } }) as const;
  const add = (...skus: readonly string[]) => ({ type: 'add-products', code: 'sale', skus }) as const;

  it('are added once each, and read page by page in that order', () => {
    products.when(add('A', 'B', 'A')).thenOnce(added('A', 'B'));
    products.events(added('A', 'B')).when(add('B', 'C')).thenOnce(added('C'));
    const many = Array.from({ length: PRODUCTS_A_PAGE + 2 }, (_, index) => `S-${index}`);
    const state = products.events(added(...many), added('S-1')).state();
    expect(productsFrom(state, 0)).toEqual(many.slice(0, PRODUCTS_A_PAGE));
    expect(productsFrom(state, PRODUCTS_A_PAGE)).toEqual(many.slice(PRODUCTS_A_PAGE));
    expect(productsFrom(state, 2 * PRODUCTS_A_PAGE)).toEqual([]);
  });

  it('are the same out of a snapshot', () => {
    const { snapshot } = listedProductsAggregate;
    const state = products.events(added('A', 'B')).state();
    expect(snapshot?.read(snapshot.write(state))).toEqual(state);
  });
});
