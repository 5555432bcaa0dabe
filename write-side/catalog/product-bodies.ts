import type { Money } from '../../domain/shared/index.js';
import {
  MoneyField,
  OptionalText,
  OptionalTextMap,
  RemovableText,
  SkuField,
  Text,
  TextList,
} from '../../infra/http/index.js';

const DESCRIPTION = { max: 10_000, lines: true, blank: true };
const CATEGORY = { max: 100 };
const ATTRIBUTE = { max: 1000, lines: true, blank: true };

export class CreateProductBody {
  @SkuField()
  readonly sku!: string;
  @Text({ max: 300 })
  readonly name!: string;
  @OptionalText(DESCRIPTION)
  readonly description?: string | null;
  @OptionalText()
  readonly brand?: string | null;
  @TextList({ ...CATEGORY, optional: true })
  readonly categories?: readonly string[] | null;
  @OptionalTextMap(ATTRIBUTE)
  readonly attributes?: Readonly<Record<string, string>> | null;
  @MoneyField()
  readonly price!: Money;
}

export class ChangeProductBody {
  @OptionalText({ max: 300 })
  readonly name?: string | null;
  @RemovableText(DESCRIPTION)
  readonly description?: string | null;
  @RemovableText()
  readonly brand?: string | null;
  @TextList({ ...CATEGORY, optional: true })
  readonly categories?: readonly string[] | null;
  @OptionalTextMap(ATTRIBUTE)
  readonly attributes?: Readonly<Record<string, string>> | null;
  @MoneyField({ optional: true })
  readonly price?: Money | null;
}

export class ChangePriceBody {
  @MoneyField()
  readonly price!: Money;
}
