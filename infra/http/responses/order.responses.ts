import { ApiExtraModels, ApiSchema } from '@nestjs/swagger';
import { ATTENTION_CODES, type OrderStatus } from '../../../domain/order/index.js';
import type { Address, Money } from '../../../domain/shared/index.js';
import { Coded } from '../openapi/coded.js';
import {
  AppliedTaxResponse,
  LineResponse,
  ShippingCostResponse,
  SkuQuantityResponse,
  TotalsResponse,
} from './commerce.responses.js';
import { PaymentBalanceResponse } from './payment.responses.js';
import {
  AddressBody,
  AddressProperty,
  ChoiceProperty,
  IntegerProperty,
  ListProperty,
  MoneyProperty,
  NullableProperty,
  NullableText,
  ObjectProperty,
  TextProperty,
  TimeProperty,
} from './properties.js';

const STATUSES = [
  'pending',
  'confirmed',
  'partially-shipped',
  'shipped',
  'delivered',
  'completed',
  'rejected',
  'cancelled',
] satisfies readonly OrderStatus[];

const OPTIONAL = { required: false };

@ApiSchema({ name: 'ShipmentLine', description: 'Units of a line, with what they bear of its amounts.' })
export class ShipmentLineResponse extends SkuQuantityResponse {
  @TextProperty('Id of the line.', '1')
  readonly lineId!: string;
  @MoneyProperty('After discounts, without any tax.', 503)
  readonly net!: Money;
  @MoneyProperty('Included and on top.', 95)
  readonly tax!: Money;
  @MoneyProperty('After discounts, with all taxes.', 598)
  readonly gross!: Money;
}

@ApiSchema({ name: 'Shipment', description: 'Some lines of an order on their way.' })
export class ShipmentResponse {
  @TextProperty('Id of the shipment.', '0Q7B2M4N6P8R-1')
  readonly shipmentId!: string;
  @TextProperty('The order; not said where the shipment is shown within it.', '0Q7B2M4N6P8R', OPTIONAL)
  readonly orderId?: string;
  @TimeProperty('When it was made.')
  readonly createdAt!: string;
  @ListProperty(ShipmentLineResponse, 'What is in it.')
  readonly lines!: readonly ShipmentLineResponse[];
  @ChoiceProperty(
    '`booked` once the carrier knows of it, `delivered` once it arrived.',
    ['created', 'booked', 'delivered'],
    'created',
  )
  readonly status!: string;
  @TextProperty('Who carries it.', 'table-rate', OPTIONAL)
  readonly carrier?: string;
  @TextProperty("The carrier's number to follow it by.", 'TR-4711', OPTIONAL)
  readonly trackingNumber?: string;
  @TimeProperty('When it arrived, as the carrier or the shop said.', OPTIONAL)
  readonly deliveredAt?: string;
}

@ApiSchema({ name: 'OrderLine', description: 'A line of an order; what is neither shipped nor cancelled is open.' })
export class OrderLineResponse extends LineResponse {
  @IntegerProperty('Units that were shipped.', 0, { minimum: 0 })
  readonly quantityShipped!: number;
  @IntegerProperty('Units that were cancelled.', 0, { minimum: 0 })
  readonly quantityCancelled!: number;
}

@ApiSchema({ name: 'OrderPricing', description: 'By what the amounts of an order came about.' })
export class OrderPricingResponse {
  @TextProperty('Name of the pricing policy.', 'default')
  readonly policy!: string;
  @TextProperty('Tells policies of one name apart.', '3f2a9c81d0b4e657')
  readonly hash!: string;
  @ChoiceProperty('How halves are rounded.', ['half-even', 'half-up'], 'half-even')
  readonly rounding!: string;
  @ChoiceProperty('What tax is rounded by.', ['line', 'unit'], 'line')
  readonly level!: string;
  @NullableText('The tax zone; null where none names the destination, which is then untaxed.', 'DE')
  readonly zone!: string | null;
}

@ApiSchema({ name: 'OrderDestination', description: 'Where an order goes, as far as tax is owed by it.' })
export class OrderDestinationResponse {
  @TextProperty('ISO 3166-1 alpha-2, or `XK`.', 'US')
  readonly country!: string;
  @TextProperty('Code of a subdivision (ISO 3166-2) without the country, where the address named one.', 'IL', OPTIONAL)
  readonly region?: string;
}

@ApiSchema({ name: 'OrderRefund', description: 'Money of an order that is given back.' })
export class OrderRefundResponse {
  @TextProperty('Id of the refund.', 'rf_1')
  readonly refundId!: string;
  @MoneyProperty('How much.', 50)
  readonly amount!: Money;
  @ChoiceProperty('How far it has come.', ['requested', 'refunded', 'failed'], 'refunded')
  readonly status!: string;
  @TimeProperty('When it was asked for.')
  readonly requestedAt!: string;
  @TextProperty('In the words of staff; shown to support and admin.', 'Bruised on arrival', OPTIONAL)
  readonly reason?: string;
  @TextProperty('Why the provider refused it; shown to support and admin.', 'PAYMENT.CAPTURE_REFUSED', OPTIONAL)
  readonly code?: string;
}

@ApiSchema({ name: 'OrderAttention', description: 'Why an order needs a person.' })
export class OrderAttentionResponse {
  @ChoiceProperty('What is wrong.', ATTENTION_CODES, ATTENTION_CODES[0])
  readonly code!: string;
  @TimeProperty('Since when.')
  readonly at!: string;
  @TextProperty('What is wrong and what can be done.', 'The money could not be captured; try again or ask the buyer.')
  readonly detail!: string;
  @TextProperty('Of a refund that failed.', 'rf_1', OPTIONAL)
  readonly refundId?: string;
}

@ApiSchema({ name: 'ShortLine', description: 'A line that there was too little stock for.' })
export class ShortLineResponse {
  @TextProperty('SKU of the line.', '1000237')
  readonly sku!: string;
  @IntegerProperty('Units that were asked for.', 600, { minimum: 1 })
  readonly requested!: number;
  @IntegerProperty('Units that there were for this order.', 502, { minimum: 0 })
  readonly available!: number;
}

@ApiSchema({ name: 'Rejection', description: 'Why an order came to nothing. Its cart is open again.' })
export class RejectionResponse {
  @Coded('INVENTORY.INSUFFICIENT_STOCK', 'Stable code, such as `PAYMENT.DECLINED`.')
  readonly code!: string;
  @TextProperty('The same for people.', '600 units were asked for, 502 are available.')
  readonly detail!: string;
  @ListProperty(
    ShortLineResponse,
    'With `INVENTORY.INSUFFICIENT_STOCK`: every SKU that was short, and no other.',
    OPTIONAL,
  )
  readonly lines?: readonly ShortLineResponse[];
}

@ApiExtraModels(PaymentBalanceResponse, AddressBody)
@ApiSchema({ name: 'Order', description: 'What was bought. It shows the lines and totals as they were placed.' })
export class OrderResponse {
  @TextProperty('Unguessable id.', '0Q7B2M4N6P8R')
  readonly orderId!: string;
  @TextProperty('Short and speakable; its last character checks the others.', 'C4MA-H2G5-G4ZE-2')
  readonly orderNumber!: string;
  @TextProperty('Of its cart.', 'basket-7', OPTIONAL)
  readonly reference?: string;
  @ChoiceProperty('How far the order has come.', STATUSES, 'confirmed')
  readonly status!: string;
  @ListProperty(OrderLineResponse, 'As placed, and what became of them.')
  readonly lines!: readonly OrderLineResponse[];
  @ObjectProperty(TotalsResponse, 'As placed.')
  readonly totals!: TotalsResponse;
  @MoneyProperty('The total without what was cancelled: what is paid in the end, before refunds.', 598)
  readonly currentTotal!: Money;
  @ListProperty(AppliedTaxResponse, 'Of lines and shipping, by rate.')
  readonly taxes!: readonly AppliedTaxResponse[];
  @TextProperty('Id of the shipping method.', 'standard')
  readonly shippingMethod!: string;
  @ObjectProperty(ShippingCostResponse, 'As placed.')
  readonly shippingCost!: ShippingCostResponse;
  @ObjectProperty(OrderPricingResponse, 'By what it was priced.')
  readonly pricing!: OrderPricingResponse;
  @ObjectProperty(OrderDestinationResponse, 'Stays also once the person is forgotten.')
  readonly destination!: OrderDestinationResponse;
  @NullableProperty('PaymentBalance', 'Null until money was asked for.')
  readonly payment!: PaymentBalanceResponse | null;
  @ListProperty(ShipmentResponse, 'Oldest first.')
  readonly shipments!: readonly ShipmentResponse[];
  @ListProperty(OrderRefundResponse, 'Oldest first; told by reads.', OPTIONAL)
  readonly refunds?: readonly OrderRefundResponse[];
  @ListProperty(OrderAttentionResponse, 'Why it needs a person; told by reads, to support and admin.', OPTIONAL)
  readonly attention?: readonly OrderAttentionResponse[];
  @NullableText('Of the buyer; null once the person is forgotten.', 'ada@example.com')
  readonly email!: string | null;
  @AddressProperty('Where it goes; null once the person is forgotten.')
  readonly shippingAddress!: Address | null;
  @ObjectProperty(AddressBody, 'Where the bill goes, where one was given.', OPTIONAL)
  readonly billingAddress?: Address;
  @TimeProperty('When it was placed.')
  readonly placedAt!: string;
  @IntegerProperty('Revision of the order, also its ETag.', 4, { minimum: 0 })
  readonly version!: number;
  @ObjectProperty(RejectionResponse, 'Of a rejected order.', OPTIONAL)
  readonly rejection?: RejectionResponse;
}
