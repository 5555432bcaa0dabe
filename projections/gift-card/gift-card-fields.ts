import { told } from '../../infra/engine/projections/explains.js';
import type { Explains } from '../../infra/engine/projections/explains.js';

const issued = told('As the card was issued.');

/** How the fields of a gift card came about. */
export const giftCardFields: Explains = {
  fields: {
    '/balance': told(
      'Issued, less what orders hold or took, and what came back, was adjusted, reclaimed or has expired.',
    ),
    '/held': told('Held for orders, less what was taken or let go.'),
    '/issued': issued,
    '/status': told('Active until it is blocked or has expired.'),
    '/giftCardId': issued,
    '/expiresAt': issued,
    '/note': issued,
    '/orderId': issued,
    '/entries': told('As it was recorded.'),
    '/version': told('Each event of the card adds one, from 0.'),
  },
};
