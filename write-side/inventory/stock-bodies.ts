import { OptionalText, SignedQuantity, StockQuantity, Text } from '../../infra/http/index.js';

const LOCATION = { max: 100 };

export class ReceiptBody {
  @StockQuantity()
  readonly quantity!: number;
  @OptionalText(LOCATION)
  readonly location?: string | null;
}

export class AdjustmentBody {
  @SignedQuantity()
  readonly quantity!: number;
  @Text({ max: 500, lines: true })
  readonly reason!: string;
  @OptionalText(LOCATION)
  readonly location?: string | null;
}
