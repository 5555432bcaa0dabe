import { ApiSchema } from '@nestjs/swagger';
import { Described, OptionalText, SignedQuantity, StockQuantity, Text } from '../../infra/http/index.js';

const LOCATION = { max: 100 };

@ApiSchema({ description: 'What arrived.' })
export class ReceiptBody {
  @Described('Units.', 10)
  @StockQuantity()
  readonly quantity!: number;
  @Described('Where; `default` where it is not said.')
  @OptionalText(LOCATION)
  readonly location?: string | null;
}

@ApiSchema({ description: 'What a count found.' })
export class AdjustmentBody {
  @Described('Units found, or missing below 0.', -1)
  @SignedQuantity()
  readonly quantity!: number;
  @Described('Why, for who reads the log; it stays there, so it names nobody.', 'Damaged in storage')
  @Text({ max: 500, lines: true })
  readonly reason!: string;
  @Described('Where; `default` where it is not said.')
  @OptionalText(LOCATION)
  readonly location?: string | null;
}
