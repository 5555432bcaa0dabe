import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  ChoiceField,
  CodeField,
  CurrencyCode,
  Described,
  IntegerField,
  MAX_AMOUNT,
  MAX_LINE_QUANTITY,
  MoneyField,
  NestedList,
  OptionalText,
  OptionalTextMap,
  OptionalTimestamp,
  RemovableText,
  SkuField,
  Text,
  TextList,
} from '../../infra/http/index.js';

const DESCRIPTION = { max: 10_000, lines: true, blank: true };
const CATEGORY = { max: 100 };
const TAX_CLASS = { max: 64 };
/** What a product may be created as. */
const KINDS = ['physical', 'gift-card'] as const;
type Kind = (typeof KINDS)[number];
const ATTRIBUTE = { max: 1000, lines: true, blank: true };

@ApiSchema({ description: 'A new product.' })
export class CreateProductBody {
  @Described('Stock keeping unit, which names the product everywhere.', 'TEA-1')
  @SkuField()
  readonly sku!: string;
  @Described('For people.', 'Green tea, 100 g')
  @Text({ max: 300 })
  readonly name!: string;
  @Described('Longer text for people.', 'First flush.')
  @OptionalText(DESCRIPTION)
  readonly description?: string | null;
  @Described('Who makes it.', 'Hillside')
  @OptionalText()
  readonly brand?: string | null;
  @Described('From the widest to the narrowest.', ['Groceries', 'Tea'])
  @TextList({ ...CATEGORY, optional: true })
  readonly categories?: readonly string[] | null;
  @Described('What else is to say, by name.', { packageSize: '100 g' })
  @OptionalTextMap(ATTRIBUTE)
  readonly attributes?: Readonly<Record<string, string>> | null;
  @Described('By which rates of a tax zone it is taxed; `standard` where none is named.', 'food')
  @OptionalText(TAX_CLASS)
  readonly taxClass?: string | null;
  @Described(
    '`physical` where it is left out. A gift card is never taxed, discounted, stocked or shipped; a card of its price is ' +
      'issued for each unit.',
    'physical',
  )
  @ChoiceField(KINDS, { optional: true })
  readonly kind?: Kind | null;
  @Described('Of one unit.')
  @MoneyField()
  readonly price!: Money;
}

@ApiSchema({ description: 'What is to change; what is left out stays.' })
export class ChangeProductBody {
  @Described('For people.', 'Green tea, 100 g')
  @OptionalText({ max: 300 })
  readonly name?: string | null;
  @Described('Longer text for people; null takes it away.', 'Second flush.')
  @RemovableText(DESCRIPTION)
  readonly description?: string | null;
  @Described('Who makes it; null takes it away.')
  @RemovableText()
  readonly brand?: string | null;
  @Described('All of them, from the widest to the narrowest.')
  @TextList({ ...CATEGORY, optional: true })
  readonly categories?: readonly string[] | null;
  @Described('All of them, by name.')
  @OptionalTextMap(ATTRIBUTE)
  readonly attributes?: Readonly<Record<string, string>> | null;
  @Described('By which rates of a tax zone it is taxed.', 'food')
  @OptionalText(TAX_CLASS)
  readonly taxClass?: string | null;
  @Described('What it is already; another kind is refused.', 'physical')
  @ChoiceField(KINDS, { optional: true })
  readonly kind?: Kind | null;
  @Described('Of one unit.')
  @MoneyField({ optional: true })
  readonly price?: Money | null;
}

@ApiSchema({ description: 'A price.' })
export class ChangePriceBody {
  @Described('Of one unit from now on.')
  @MoneyField()
  readonly price!: Money;
}

const GROUP = { max: 100 };
const MOST_PRICES = 500;

@ApiSchema({ description: 'The price of one unit, with the conditions that all have to hold for it to count.' })
export class PriceRowBody {
  @Described('Minor units of the currency: cents of USD, yen of JPY.', 299)
  @IntegerField({ min: 0, max: MAX_AMOUNT })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
  @Described('From so many units of a line on.', 10)
  @IntegerField({ min: 2, max: MAX_LINE_QUANTITY, optional: true })
  readonly minQuantity?: number | null;
  @Described('Code of the price list that it is of.', 'summer-sale')
  @CodeField({ optional: true })
  readonly list?: string | null;
  @Described('For buyers of this group.', 'trade')
  @OptionalText(GROUP)
  readonly customerGroup?: string | null;
  @Described('Code of the channel that it is sold in.', 'shop-at')
  @CodeField({ optional: true })
  readonly channel?: string | null;
  @Described('When it begins, inclusive; at once where it is past or left out.', '2026-11-27T00:00:00Z')
  @OptionalTimestamp()
  readonly from?: string | null;
  @Described('When it ends, exclusive; never where it is left out.', '2026-12-01T00:00:00Z')
  @OptionalTimestamp()
  readonly to?: string | null;
}

@ApiSchema({ description: 'All prices of a product.' })
export class SetPricesBody {
  @Described('They replace all that there are; no two have the same currency and conditions.')
  @NestedList(() => PriceRowBody, { max: MOST_PRICES })
  readonly prices!: readonly PriceRowBody[];
}
