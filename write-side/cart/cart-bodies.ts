import type { Money } from '../../domain/shared/index.js';
import {
  AddressBody,
  AddressField,
  CurrencyCode,
  EmailField,
  MoneyField,
  Nested,
  OptionalFlag,
  OptionalText,
  Quantity,
  Text,
} from '../../infra/http/index.js';

export class OpenCartBody {
  @CurrencyCode()
  readonly currency!: string;
  @OptionalText()
  readonly reference?: string | null;
}

export class AddItemBody {
  @Text({ max: 64 })
  readonly sku!: string;
  @Quantity()
  readonly quantity!: number;
}

export class ChangeItemBody {
  @Quantity({ min: 0 })
  readonly quantity!: number;
}

export class PaymentMeans {
  @Text({ max: 500 })
  readonly token!: string;
}

export class CheckoutBody {
  @EmailField()
  readonly email!: string;
  @AddressField()
  readonly shippingAddress!: AddressBody;
  @AddressField({ optional: true })
  readonly billingAddress?: AddressBody | null;
  @OptionalText({ max: 100 })
  readonly shippingMethod?: string | null;
  @Nested(() => PaymentMeans)
  readonly payment!: PaymentMeans;
  @OptionalFlag()
  readonly acceptPrices?: boolean | null;
  @MoneyField({ optional: true })
  readonly expectedTotal?: Money | null;
}
