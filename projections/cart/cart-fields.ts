import { told } from '../../infra/engine/projections/explains.js';
import type { Explains } from '../../infra/engine/projections/explains.js';
import { lineRules, shippingRules, totalsRules } from '../shared/priced-fields.js';

const opened = told('As the cart was opened.');
const inForce = told('By the promotions that are in force, for what is in the cart.');

/** How the fields of a cart came about. */
export const cartFields: Explains = {
  elements: { '/items': ['sku'], '/coupons': ['code'] },
  fields: {
    ...lineRules('/items'),
    '/items/*/discounts': inForce,
    ...shippingRules,
    ...totalsRules('/items', ['/items/*/taxes', '/shippingCost/taxes']),
    '/status': told('What happened to the cart last.'),
    '/coupons': inForce,
    '/discounts': inForce,
    '/hints': inForce,
    '/cartId': opened,
    '/currency': opened,
    '/channel': opened,
    '/reference': opened,
    '/version': told('Each event of the cart adds one, from 0.'),
  },
};
