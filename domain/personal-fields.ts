import { cartPersonalFields } from './cart/index.js';
import type { CartEvent } from './cart/index.js';
import type { CatalogEvent } from './catalog/index.js';
import type { ChannelEvent } from './channel/index.js';
import type { GiftCardEvent } from './gift-card/index.js';
import { couponPersonalFields } from './coupon/index.js';
import type { CouponEvent } from './coupon/index.js';
import type { InventoryEvent } from './inventory/index.js';
import type { CustomerEvent } from './customer/index.js';
import { orderPersonalFields } from './order/index.js';
import type { OrderEvent } from './order/index.js';
import { paymentPersonalFields } from './payment/index.js';
import type { PaymentEvent } from './payment/index.js';
import type { PersonEvent } from './person/index.js';
import type { PriceListEvent } from './price-list/index.js';
import type { PricingPolicyEvent } from './pricing-policy/index.js';
import type { PromotionEvent } from './promotion/index.js';
import type { QuotaEvent } from './quota/index.js';
import type { PersonalFields, PersonalFieldsOf } from './shared/index.js';
import type { ShippingEvent } from './shipping/index.js';

type AnyEvent =
  | CartEvent
  | CatalogEvent
  | ChannelEvent
  | GiftCardEvent
  | CouponEvent
  | CustomerEvent
  | InventoryEvent
  | OrderEvent
  | PaymentEvent
  | PersonEvent
  | PriceListEvent
  | PricingPolicyEvent
  | PromotionEvent
  | QuotaEvent
  | ShippingEvent;

/** Every personal field of every event type; does not compile where one is missing. */
const declared: PersonalFieldsOf<AnyEvent> = {
  ...cartPersonalFields,
  ...couponPersonalFields,
  ...orderPersonalFields,
  ...paymentPersonalFields,
};

export const personalFields: PersonalFields = declared;
