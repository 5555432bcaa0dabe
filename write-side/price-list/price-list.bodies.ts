import { ApiSchema } from '@nestjs/swagger';
import {
  CodeField,
  Described,
  IntegerField,
  OptionalText,
  OptionalTimestamp,
  RemovableTextList,
  RemovableTimestamp,
  Text,
  TextList,
} from '../../infra/http/index.js';

const PRIORITY = { min: -1_000_000, max: 1_000_000 };
const GROUP = { max: 100 };
const CHANNEL = { max: 64 };
const COUNTRY = { max: 2, most: 300 };

@ApiSchema({ description: 'A new price list.' })
export class CreatePriceListBody {
  @Described('Tells it from other lists; price rows name it.', 'summer-sale')
  @CodeField()
  readonly code!: string;
  @Described('For people.', 'Summer sale')
  @Text()
  readonly name!: string;
  @Described('Of several lists the one with the highest counts; what is of no list has 0.', 10)
  @IntegerField(PRIORITY)
  readonly priority!: number;
  @Described('When it begins, inclusive; at once where it is past or left out.', '2026-06-01T00:00:00Z')
  @OptionalTimestamp()
  readonly from?: string | null;
  @Described('When it ends, exclusive; never where it is left out.', '2026-09-01T00:00:00Z')
  @OptionalTimestamp()
  readonly to?: string | null;
  @Described('For buyers of any of these groups; for all where they are left out.', ['trade'])
  @TextList({ ...GROUP, optional: true })
  readonly customerGroups?: readonly string[] | null;
  @Described('Codes of channels; in all where they are left out.', ['shop-at'])
  @TextList({ ...CHANNEL, optional: true })
  readonly channels?: readonly string[] | null;
  @Described('ISO 3166-1 alpha-2; everywhere where they are left out.', ['AT'])
  @TextList({ ...COUNTRY, optional: true })
  readonly countries?: readonly string[] | null;
}

@ApiSchema({ description: 'What is to change; what is left out stays.' })
export class ChangePriceListBody {
  @Described('For people.', 'Summer sale')
  @OptionalText()
  readonly name?: string | null;
  @Described('Of several lists the one with the highest counts.', 10)
  @IntegerField({ ...PRIORITY, optional: true })
  readonly priority?: number | null;
  @Described('When it begins, inclusive; null: at once.', '2026-06-01T00:00:00Z')
  @RemovableTimestamp()
  readonly from?: string | null;
  @Described('When it ends, exclusive; null: never.', '2026-09-01T00:00:00Z')
  @RemovableTimestamp()
  readonly to?: string | null;
  @Described('All of them; null: for all buyers.', ['trade'])
  @RemovableTextList(GROUP)
  readonly customerGroups?: readonly string[] | null;
  @Described('All of them; null: in all channels.', ['shop-at'])
  @RemovableTextList(CHANNEL)
  readonly channels?: readonly string[] | null;
  @Described('All of them; null: everywhere.', ['AT'])
  @RemovableTextList(COUNTRY)
  readonly countries?: readonly string[] | null;
}
