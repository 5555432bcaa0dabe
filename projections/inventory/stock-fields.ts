import { minus, plus, sum, told } from '../../infra/engine/projections/explains.js';
import type { Explains, FieldRule } from '../../infra/engine/projections/explains.js';

/** Of all locations, or of one. */
const countsAt = (at: string): Readonly<Record<string, FieldRule>> => ({
  [`${at}/onHand`]: told('Received and adjusted, less what was shipped.'),
  [`${at}/reserved`]: told('Held for orders, less what was let go or shipped.'),
  [`${at}/available`]: sum(
    'available = onHand − reserved',
    plus(`${at}/onHand`, 'On hand'),
    minus(`${at}/reserved`, 'Reserved'),
  ),
});

/** How the fields of the stock of a SKU came about. */
export const stockFields: Explains = {
  elements: { '/locations': ['location'] },
  fields: {
    '/sku': told('As stock was received.'),
    ...countsAt(''),
    '/locations': told('As stock was first received or moved there.'),
    ...countsAt('/locations/*'),
  },
};
