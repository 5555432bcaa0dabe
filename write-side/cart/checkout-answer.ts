import { OrderView, Rejection } from '../../domain/order/index.js';
import { choice, described, named, object, optional, text } from '../../domain/shared/schema.js';

const { orderNumber } = OrderView.fields;
const checkout = {
  orderId: text('Id of the order.', '0Q7B2M4N6P8R'),
  orderNumber,
  accessToken: text(
    'Opens this order, as a bearer or as `?accessToken=`.',
    'qv3T0m5xS2Zk8Yb1Wd7Lr4Nf6Hc9Jg0Pa3Et5Uy8Xo2',
  ),
};

export const PendingCheckout = named(
  'PendingCheckout',
  object(
    { ...checkout, status: choice(['pending'], 'Not settled.', 'pending') },
    'The order is open; what comes of it is not known yet.',
  ),
);

export const SettledCheckout = named(
  'SettledCheckout',
  object(
    {
      ...checkout,
      status: choice(['confirmed', 'rejected', 'cancelled'], 'What came of it.', 'confirmed'),
      rejection: optional(described(Rejection, 'Why it was rejected.')),
    },
    'What came of the order.',
  ),
);
