import type { Money, SkuQuantity } from '../../domain/shared/index.js';
import {
  OptionalBody,
  OptionalNestedList,
  OptionalText,
  Quantity,
  RefundAmountField,
  Text,
} from '../../infra/http/index.js';

const REASON = { max: 500, lines: true };

export class CancellationBody {
  @Text(REASON)
  readonly reason!: string;
}

export class ShipmentLineBody implements SkuQuantity {
  @Text({ max: 64 })
  readonly sku!: string;
  @Quantity()
  readonly quantity!: number;
}

@OptionalBody()
export class ShipmentBody {
  @OptionalNestedList(() => ShipmentLineBody, { max: 500 })
  readonly lines?: readonly ShipmentLineBody[] | null;
  @OptionalText({ max: 100 })
  readonly carrier?: string | null;
  @OptionalText({ max: 100 })
  readonly trackingNumber?: string | null;
}

export class RefundBody {
  @RefundAmountField({ optional: true })
  readonly amount?: Money | null;
  @Text(REASON)
  readonly reason!: string;
}
