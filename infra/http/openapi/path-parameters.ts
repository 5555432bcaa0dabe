interface PathParameter {
  readonly description: string;
  readonly example: string;
}

const id = (of: string, example: string): PathParameter => ({ description: `Id of the ${of}.`, example });

/** What stands in addresses: by the name of the parameter, and an `id` by the resource that it is of. */
const PARAMETERS: Readonly<Record<string, PathParameter>> = {
  sku: { description: 'SKU of the product.', example: '1000237' },
  provider: { description: 'Name of the payment provider.', example: 'sandbox' },
  'price-lists.code': { description: 'Code of the price list.', example: 'summer-sale' },
  'channels.code': { description: 'Code of the channel.', example: 'default' },
  'carts.code': { description: 'Code of the coupon, in any case.', example: 'SUMMER-7KQ2M9X4T3WA' },
  'gift-cards.code': {
    description: 'Code of the gift card, in any case, with or without hyphens.',
    example: '7KQ2-M9XD-40F3-TB6Z',
  },
  'coupons.code': { description: 'Code of the coupon, in any case.', example: 'SUMMER-26' },
  'projections.name': { description: 'Name of the read model.', example: 'orders' },
  'projections.key': { description: 'Key of what is parked, percent-encoded.', example: '0Q7B2M4N6P8R' },
  'sagas.name': { description: 'Name of the process.', example: 'checkout' },
  'events.type': { description: 'Name of the type, with its version.', example: 'order.confirmed.v1' },
  'promotions.id': id('promotion', 'b3b9c9a0-2f4e-8d53-9a61-5f6f0f8a7c11'),
  'carts.id': id('cart, which is its key', 'o3Yw3xq0s1mGkqf5cV2b8Q'),
  'orders.id': id('order', '0Q7B2M4N6P8R'),
  'shipments.id': id('shipment', '0Q7B2M4N6P8R-1'),
  'payments.id': id('payment', 'pay_7Hq2'),
  'sagas.id': { description: 'Id of the process, within its name.', example: '0Q7B2M4N6P8R' },
  'gift-cards.id': id('gift card', '5f1c9a2e7b3d4860af12c4d59e6b7081'),
};

/** @throws RangeError for a parameter that nobody described */
export function pathParameter(path: string, name: string): PathParameter {
  const [, , resource = ''] = path.split('/');
  const found = PARAMETERS[name] ?? PARAMETERS[`${resource}.${name}`];
  if (found === undefined) throw new RangeError(`nothing describes {${name}} of ${path}: see path-parameters.ts`);
  return found;
}
