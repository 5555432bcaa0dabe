import { told } from '../../infra/engine/projections/explains.js';
import type { Explains } from '../../infra/engine/projections/explains.js';

const asked = told('As it was asked of the provider.');

/** How the fields of a payment came about. */
export const paymentFields: Explains = {
  fields: {
    '/status': told('What the provider was asked for or said last.'),
    '/amount': asked,
    '/authorized': told('What the provider holds or took: set when it answers, 0 once it let go.'),
    '/captured': told('What the provider took.'),
    '/refunded': told('Sum of what the provider gave back.'),
    '/expiresAt': told('As the provider said when it held the money; gone once it is taken or let go.'),
    '/action': told('What the provider waits for the buyer to do; gone once it has decided.'),
    '/reference': told('As the provider called the payment first.'),
    '/facts': told('As it was recorded.'),
    '/paymentId': asked,
    '/orderId': asked,
    '/provider': asked,
    '/tender': asked,
    '/attempt': asked,
    '/version': told('Each event of the payment adds one, from 0.'),
  },
};
