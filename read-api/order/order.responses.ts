import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { ORDER_STATUSES } from '../../projections/order/index.js';
import { PaymentBalanceResponse } from '../payment/index.js';
import { AddressResponse, LineResponse, NullableProperty, NullableText, TotalsResponse } from '../shared/index.js';

export class ShippedLineResponse {
  @ApiProperty()
  readonly sku!: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly quantity!: number;
}

export class OrderShipmentResponse {
  @ApiProperty()
  readonly shipmentId!: string;
  @ApiProperty({ type: [ShippedLineResponse] })
  readonly lines!: readonly ShippedLineResponse[];
  @ApiProperty({ enum: ['created', 'booked', 'delivered'] })
  readonly status!: string;
  @ApiProperty({ required: false })
  readonly carrier?: string;
  @ApiProperty({ required: false })
  readonly trackingNumber?: string;
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
  @ApiProperty({ type: [LineResponse] })
  readonly lines!: readonly LineResponse[];
  @ApiProperty()
  readonly totals!: TotalsResponse;
  /** Null until money was asked for. */
  @NullableProperty(PaymentBalanceResponse)
  readonly payment!: PaymentBalanceResponse | null;
  @ApiProperty({ type: [OrderShipmentResponse] })
  readonly shipments!: readonly OrderShipmentResponse[];
  /** Null, as the address, once the person is forgotten. */
  @NullableText()
  readonly email!: string | null;
  @NullableProperty(AddressResponse)
  readonly shippingAddress!: AddressResponse | null;
  @ApiProperty({ format: 'date-time' })
  readonly placedAt!: string;
  @ApiProperty({ type: 'integer', description: 'revision of the order, also its ETag' })
  readonly version!: number;
  @ApiProperty({ required: false })
  readonly rejection?: RejectionResponse;
}
