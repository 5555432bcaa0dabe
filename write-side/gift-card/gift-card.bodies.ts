import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  CurrencyCode,
  Described,
  IntegerField,
  MAX_AMOUNT,
  Nested,
  OptionalBody,
  OptionalText,
  OptionalTimestamp,
  Text,
} from '../../infra/http/index.js';

const REASON = { max: 500, lines: true };

@ApiSchema({ name: 'GiftCardAmount', description: 'What a gift card is issued with.' })
export class GiftCardAmountBody implements Money {
  @Described('Minor units of the currency, more than 0.', 5000)
  @IntegerField({ min: 1, max: MAX_AMOUNT })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

@ApiSchema({ name: 'GiftCardChange', description: 'What is put on a gift card, or below 0 taken off it.' })
export class GiftCardChangeBody implements Money {
  @Described('Minor units of the currency, not 0.', -500)
  @IntegerField({ min: -MAX_AMOUNT, max: MAX_AMOUNT, nonZero: true })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

@ApiSchema({ description: 'A gift card to issue.' })
export class IssueGiftCardBody {
  @Described('What it is worth; its currency is the only one that it pays in.')
  @Nested(() => GiftCardAmountBody)
  readonly amount!: GiftCardAmountBody;
  @Described('From when on it cannot be spent; never, where it is left out.', '2028-03-01T00:00:00Z')
  @OptionalTimestamp()
  readonly expiresAt?: string | null;
  @Described('For staff; it stays in the log, so it names nobody.', 'Goodwill for a late parcel')
  @OptionalText(REASON)
  readonly note?: string | null;
}

@ApiSchema({ description: 'What is put on a gift card or taken off it, and why.' })
export class GiftCardAdjustmentBody {
  @Described('How much; below 0 it is taken off.')
  @Nested(() => GiftCardChangeBody)
  readonly amount!: GiftCardChangeBody;
  @Described('For who reads the ledger; it stays in the log, so it names nobody.', 'Counted twice')
  @Text(REASON)
  readonly reason!: string;
}

@ApiSchema({ description: 'Why a gift card is blocked.' })
@OptionalBody()
export class GiftCardBlockBody {
  @Described('For who reads the ledger; it stays in the log, so it names nobody.', 'Reported stolen')
  @OptionalText(REASON)
  readonly reason?: string | null;
}
