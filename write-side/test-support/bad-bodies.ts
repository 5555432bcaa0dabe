import { address, checkoutBody, usd } from './client.js';

/** Stands for a member that is left out. */
export const MISSING = Symbol('missing');
const LONG = 'x'.repeat(100_000);

const text = [MISSING, null, 42, true, [], {}, '', '   ', LONG, 'a\u0000b', 'a\ud800b', 'a\u0007b'];
const optionalText = [42, true, [], {}, LONG];
const sku = [...text, 'suggest', 'live', '-a', 'a b', 'a/b', 'é', 'x'.repeat(65)];
const count = [MISSING, null, '5', 'abc', '', -1, 1.5, 1e308, 2 ** 53 + 1, true, [], [1], {}];
const amount = [MISSING, null, '1999', -1, 19.99, 1e308, 2 ** 53 + 1, true, [], {}];
const currency = [MISSING, null, 840, '', 'US', 'USDX', 'QQQ', 'usd', '$', [], {}];
const money = [MISSING, null, 1999, '19.99', [], 'USD'];
const country = [MISSING, null, 1, '', 'U', 'USA', 'us', 'XX', 'ZZ', '🇺🇸', []];
const email = [
  'nobody',
  'a@',
  '@example.com',
  'a b@example.com',
  'a@b@example.com',
  'a@example',
  'a@-x.com',
  ['a@example.com'],
];
const given = (values: readonly unknown[]) => values.filter((value) => value !== MISSING && value !== null);

/** What the routes are about. */
export interface Target {
  readonly sku: string;
  readonly freshSku: string;
  readonly cartId: string;
  readonly orderId: string;
  readonly shipmentId: string;
}

export interface BodyCase {
  readonly method: string;
  readonly path: string;
  readonly valid: Readonly<Record<string, unknown>>;
  /** By dotted path, the values that must be refused. */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
}

/** Per write a valid body and, field by field, what must be refused. */
export function bodyCases({ sku: known, freshSku, cartId, orderId, shipmentId }: Target): readonly BodyCase[] {
  const line = { sku: known, quantity: 1 };
  const badLines = [
    null,
    {},
    'sku',
    { sku: known },
    { quantity: 1 },
    { ...line, quantity: 0 },
    { ...line, quantity: 0.5 },
    { ...line, quantity: '1' },
    { ...line, quantity: 1e308 },
  ];
  return [
    {
      method: 'POST',
      path: '/v1/products',
      valid: { sku: freshSku, name: 'N', price: usd(1) },
      fields: {
        sku,
        name: text,
        price: money,
        'price.amount': amount,
        'price.currency': currency,
        description: [42, [], {}],
        brand: optionalText,
        categories: ['kitchen', 42, {}, [1], [{}], [null], [LONG], ['']],
        attributes: ['red', 42, [], { a: 1 }, { a: LONG }],
        taxClass: optionalText,
      },
    },
    {
      method: 'PATCH',
      path: `/v1/products/${known}`,
      valid: {},
      fields: {
        name: given(text),
        description: [42, [], {}],
        brand: [42, [], {}],
        categories: ['kitchen', 7, [1]],
        attributes: ['x', []],
        taxClass: optionalText,
        price: given(money),
        'price.amount': amount,
        'price.currency': currency,
      },
    },
    {
      method: 'PUT',
      path: `/v1/products/${known}/price`,
      valid: { price: usd(1) },
      fields: { price: money, 'price.amount': amount, 'price.currency': currency },
    },
    {
      method: 'PUT',
      path: `/v1/products/${known}/prices`,
      valid: { prices: [usd(1)] },
      fields: {
        prices: [
          MISSING,
          null,
          [],
          {},
          'USD',
          [null],
          [1],
          ...['minQuantity', 'list', 'customerGroup', 'channel', 'from', 'to'].map((name) => [
            { ...usd(1), [name]: {} },
          ]),
          [{ ...usd(1), minQuantity: 1 }],
          [{ ...usd(1), list: 'a b' }],
          [{ ...usd(1), from: '2026-02-30T00:00:00Z' }],
          [{ amount: -1, currency: 'USD' }],
          [{ amount: 1, currency: 'XXX' }],
          [{ ...usd(1), priceId: 'p' }],
        ],
      },
    },
    {
      method: 'POST',
      path: `/v1/inventory/${known}/receipts`,
      valid: { quantity: 1 },
      fields: { quantity: [...count, 0], location: [42, [], {}, LONG] },
    },
    {
      method: 'POST',
      path: `/v1/inventory/${known}/adjustments`,
      valid: { quantity: 1, reason: 'count' },
      fields: {
        quantity: [...count.filter((value) => value !== -1), 0],
        reason: text,
        location: [42, [], {}, LONG],
      },
    },
    {
      method: 'POST',
      path: '/v1/carts',
      valid: { currency: 'USD' },
      fields: { currency, reference: [42, [], {}, LONG] },
    },
    {
      method: 'POST',
      path: `/v1/carts/${cartId}/items`,
      valid: line,
      fields: { sku: text, quantity: [...count, 0, 100_001] },
    },
    {
      method: 'PATCH',
      path: `/v1/carts/${cartId}/items/${known}`,
      valid: { quantity: 1 },
      fields: { quantity: count },
    },
    {
      method: 'POST',
      path: `/v1/carts/${cartId}/checkout`,
      valid: checkoutBody(),
      fields: {
        email: [...text, ...email],
        shippingAddress: [MISSING, null, 'somewhere', 42, [], {}],
        'shippingAddress.name': text,
        'shippingAddress.line1': [MISSING, null, '', 7, LONG],
        'shippingAddress.city': [MISSING, null, '', {}, LONG],
        'shippingAddress.postalCode': [MISSING, null, 12345, '', LONG],
        'shippingAddress.country': country,
        'shippingAddress.line2': [7, []],
        billingAddress: ['here', 1, {}, { ...address, country: 'XX' }, { ...address, postalCode: ' ' }],
        shippingMethod: [7, {}, []],
        payment: [MISSING, null, 'tok_ok', []],
        'payment.token': [5, '', [], LONG],
        'payment.giftCards': ['0000-0000-0000-0000', 5, {}, [5], [''], [LONG], Array.from({ length: 51 }, () => 'x')],
        acceptPrices: ['yes', 1, [], {}],
        expectedTotal: [1999, '19.99', [], {}, 'USD', { amount: 19.99, currency: 'USD' }, { amount: 1999 }],
      },
    },
    {
      method: 'POST',
      path: '/v1/price-lists',
      valid: { code: freshSku, name: 'N', priority: 1 },
      fields: {
        code: sku.filter((value) => value !== 'suggest' && value !== 'live'),
        name: text,
        priority: [MISSING, null, '1', 1.5, 1e308, true, {}],
        from: ['yesterday', 7, '2026-02-30T00:00:00Z', {}],
        to: ['yesterday', 7, '2026-02-30T00:00:00Z', {}],
        customerGroups: ['trade', 7, {}, [7], ['']],
        channels: ['shop', 7, {}, [7], ['']],
        countries: ['US', 7, {}, [7], ['USA']],
      },
    },
    {
      method: 'POST',
      path: '/v1/channels',
      valid: { code: freshSku, name: 'N', currencies: ['USD'], locale: 'en-US', timeZone: 'UTC' },
      fields: {
        code: sku.filter((value) => value !== 'suggest' && value !== 'live'),
        name: text,
        currencies: ['USD', MISSING, null, 7, {}, [7], ['USDX']],
        countries: ['US', 7, {}, [7], ['USA']],
        locale: text,
        timeZone: text,
      },
    },
    {
      method: 'PATCH',
      path: '/v1/channels/default',
      valid: {},
      fields: {
        name: given(text),
        currencies: ['USD', 7, {}, [7], ['USDX']],
        countries: ['US', 7, {}, [7], ['USA']],
        locale: given(text),
        timeZone: given(text),
      },
    },
    { method: 'POST', path: `/v1/orders/${orderId}/cancellation`, valid: { reason: 'r' }, fields: { reason: text } },
    {
      method: 'POST',
      path: `/v1/orders/${orderId}/shipments`,
      valid: { lines: [line] },
      fields: {
        lines: ['all', 7, {}, [], ...badLines.map((bad) => [bad])],
        carrier: [7, [], {}],
        trackingNumber: [7, [], {}, LONG],
      },
    },
    {
      method: 'POST',
      path: `/v1/shipments/${shipmentId}/delivery`,
      valid: {},
      fields: {
        at: ['yesterday', 7, '2026-13-45T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01', {}, [], ''],
      },
    },
    {
      method: 'POST',
      path: `/v1/orders/${orderId}/refunds`,
      valid: { amount: usd(1), reason: 'r' },
      fields: {
        amount: given(money),
        'amount.amount': [...amount, 0],
        'amount.currency': currency,
        reason: text,
      },
    },
  ];
}

/** A copy of the body with the field at the dotted path replaced, or left out. */
export function withField(body: BodyCase['valid'], path: string, value: unknown): BodyCase['valid'] {
  const [name = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const inner = body[name];
    return {
      ...body,
      [name]: withField(typeof inner === 'object' && inner !== null ? { ...inner } : {}, rest.join('.'), value),
    };
  }
  const { [name]: _, ...others } = body;
  return value === MISSING ? others : { ...others, [name]: value };
}
