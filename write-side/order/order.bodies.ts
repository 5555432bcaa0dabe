import { ApiSchema } from '@nestjs/swagger';
import type { Money, SkuQuantity } from '../../domain/shared/index.js';
import {
  Described,
  OptionalBody,
  OptionalNestedList,
  OptionalText,
  Quantity,
  RefundAmountField,
  Text,
} from '../../infra/http/index.js';

const REASON = { max: 500, lines: true };

@ApiSchema({ description: 'Why an order is cancelled.' })
export class CancellationBody {
  @Described('For who reads the log.', 'Ordered by mistake')
  @Text(REASON)
  readonly reason!: string;
}

@ApiSchema({ description: 'Units of a line.' })
export class ShipmentLineBody implements SkuQuantity {
  @Described('SKU of the line.', '1000237')
  @Text({ max: 64 })
  readonly sku!: string;
  @Described('Units.', 2)
  @Quantity()
  readonly quantity!: number;
}

@ApiSchema({ description: 'What leaves; all open lines where nothing is said.' })
@OptionalBody()
export class ShipmentBody {
  @Described('Lines to ship; all that are open where it is left out.')
  @OptionalNestedList(() => ShipmentLineBody, { max: 500 })
  readonly lines?: readonly ShipmentLineBody[] | null;
  @Described('Who carries it.')
  @OptionalText({ max: 100 })
  readonly carrier?: string | null;
  @Described("The carrier's number to follow it by.", 'TR-4711')
  @OptionalText({ max: 100 })
  readonly trackingNumber?: string | null;
}

@ApiSchema({ description: 'What is given back, and why.' })
export class RefundBody {
  @Described('How much, more than 0; all that is left where it is not said.')
  @RefundAmountField({ optional: true })
  readonly amount?: Money | null;
  @Described('For who reads the log.', 'Bruised on arrival')
  @Text(REASON)
  readonly reason!: string;
}

@ApiSchema({ description: 'What staff wants to remember of an order.' })
export class NoteBody {
  @Described('For staff alone; sealed as personal data are, and gone with the buyer’s.', 'Rings again on Monday')
  @Text({ max: 4000, lines: true })
  readonly text!: string;
}
