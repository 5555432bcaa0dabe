import { cartPersonalFields } from '../../domain/cart/index.js';
import { orderPersonalFields } from '../../domain/order/index.js';
import { paymentPersonalFields } from '../../domain/payment/index.js';
import type { PersonalFields } from '../../domain/shared/index.js';

/** Every personal field of every event type. */
export const personalFields: PersonalFields = {
  ...cartPersonalFields,
  ...orderPersonalFields,
  ...paymentPersonalFields,
};
