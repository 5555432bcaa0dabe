import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { ATTENTION_CODES } from '../../domain/order/index.js';
import { ORDER_STATUSES } from '../../projections/order/index.js';
import { PaymentBalanceResponse } from '../payment/index.js';
import {
  AddressResponse,
  LineResponse,
  MoneyResponse,
  NullableProperty,
  NullableText,
  TotalsResponse,
} from '../shared/index.js';

export class ShippedLineResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly quantity!: number;
}

export class OrderShipmentResponse {
  @ApiProperty()
  readonly shipmentId!: string;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: [ShippedLineResponse] })
  readonly lines!: readonly ShippedLineResponse[];
  @ApiProperty({ enum: ['created', 'booked', 'delivered'] })
  readonly status!: string;
  @ApiProperty({ required: false })
  readonly carrier?: string;
  @ApiProperty({ required: false })
  readonly trackingNumber?: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'as the carrier or the shop said' })
  readonly deliveredAt?: string;
}

/** A line of an order; what is neither shipped nor cancelled is open. */
export class OrderLineResponse extends LineResponse {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly quantityShipped!: number;
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly quantityCancelled!: number;
}

/** One rate of tax and what it came to on the order as it was placed. */
export class AppliedTaxResponse {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ description: 'decimal fraction, such as `0.19`' })
  readonly rate!: string;
  @ApiProperty({ description: 'contained in the prices, not added on top' })
  readonly included!: boolean;
  @ApiProperty()
  readonly net!: MoneyResponse;
  @ApiProperty()
  readonly tax!: MoneyResponse;
  @ApiProperty()
  readonly gross!: MoneyResponse;
}

export class OrderRefundResponse {
  @ApiProperty()
  readonly refundId!: string;
  @ApiProperty()
  readonly amount!: MoneyResponse;
  @ApiProperty({ enum: ['requested', 'refunded', 'failed'] })
  readonly status!: string;
  @ApiProperty({ format: 'date-time' })
  readonly requestedAt!: string;
  @ApiProperty({ required: false, description: 'in the words of staff; shown to support and admin' })
  readonly reason?: string;
  @ApiProperty({ required: false, description: 'why the provider refused it; shown to support and admin' })
  readonly code?: string;
}

/** Why an order needs a person. */
export class OrderAttentionResponse {
  @ApiProperty({ enum: [...ATTENTION_CODES] })
  readonly code!: string;
  @ApiProperty({ format: 'date-time', description: 'since when' })
  readonly at!: string;
  @ApiProperty({ description: 'what is wrong and what can be done' })
  readonly detail!: string;
  @ApiProperty({ required: false, description: 'of a refund that failed' })
  readonly refundId?: string;
}

export class ShortLineResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly requested!: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'what there was for this order when it was decided' })
  readonly available!: number;
}

export class RejectionResponse {
  @ApiProperty({ description: 'stable code, such as `INVENTORY.INSUFFICIENT_STOCK`' })
  readonly code!: string;
  @ApiProperty()
  readonly detail!: string;
  @ApiProperty({ type: [ShortLineResponse], required: false, description: 'every SKU that was short, and no other' })
  readonly lines?: readonly ShortLineResponse[];
}

@ApiExtraModels(PaymentBalanceResponse, AddressResponse)
export class OrderResponse {
  @ApiProperty()
  readonly orderId!: string;
  @ApiProperty()
  readonly orderNumber!: string;
  @ApiProperty({ required: false })
  readonly reference?: string;
  @ApiProperty({ enum: [...ORDER_STATUSES] })
  readonly status!: string;
  @ApiProperty({ type: [OrderLineResponse] })
  readonly lines!: readonly OrderLineResponse[];
  @ApiProperty()
  readonly totals!: TotalsResponse;
  @ApiProperty({ description: 'the total without what was cancelled: what is paid in the end, before refunds' })
  readonly currentTotal!: MoneyResponse;
  @ApiProperty({ type: [AppliedTaxResponse] })
  readonly taxes!: readonly AppliedTaxResponse[];
  @ApiProperty({ description: 'such as `standard`' })
  readonly shippingMethod!: string;
  /** Null until money was asked for. */
  @NullableProperty(PaymentBalanceResponse)
  readonly payment!: PaymentBalanceResponse | null;
  @ApiProperty({ type: [OrderShipmentResponse] })
  readonly shipments!: readonly OrderShipmentResponse[];
  @ApiProperty({ type: [OrderRefundResponse], description: 'oldest first' })
  readonly refunds!: readonly OrderRefundResponse[];
  @ApiProperty({
    required: false,
    type: [OrderAttentionResponse],
    description: 'why it needs a person; shown to support and admin, empty where it needs nobody',
  })
  readonly attention?: readonly OrderAttentionResponse[];
  /** Null, as the address, once the person is forgotten. */
  @NullableText()
  readonly email!: string | null;
  @NullableProperty(AddressResponse)
  readonly shippingAddress!: AddressResponse | null;
  @ApiProperty({ required: false, description: 'where one was given' })
  readonly billingAddress?: AddressResponse;
  @ApiProperty({ format: 'date-time' })
  readonly placedAt!: string;
  @ApiProperty({ type: 'integer', description: 'revision of the order, also its ETag' })
  readonly version!: number;
  @ApiProperty({ required: false })
  readonly rejection?: RejectionResponse;
}
