import { told } from '../../infra/engine/projections/explains.js';
import type { Explains } from '../../infra/engine/projections/explains.js';

/** How the fields of an item of the report came about. */
export const salesFields: Explains = {
  fields: {
    '/key': told('As it was first sold.'),
    '/orders': told('Orders that were confirmed and touch the key, less those that were cancelled.'),
    '/units': told('Units of orders that were confirmed, less those that were cancelled.'),
    '/revenue': told(
      'Lines of orders that were confirmed, after discounts, without tax and shipping, less what was cancelled.',
    ),
  },
};
