import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  AddressBody,
  AddressField,
  CountryCode,
  CurrencyCode,
  Described,
  EmailField,
  MoneyField,
  Nested,
  OptionalFlag,
  OptionalText,
  Quantity,
  Text,
  TextList,
} from '../../infra/http/index.js';

@ApiSchema({ description: 'What a cart is opened with.' })
export class OpenCartBody {
  @Described('Currency of the cart: products of another one cannot be added.', 'USD')
  @CurrencyCode()
  readonly currency!: string;
  @Described("The client's own reference; the cart and its order show it.", 'basket-7')
  @OptionalText()
  readonly reference?: string | null;
  @Described('Code of the channel that it is opened in; `default` where none is named.', 'default')
  @OptionalText({ max: 64 })
  readonly channel?: string | null;
  @Described('Where the buyer is, ISO 3166-1 alpha-2: some prices are for some countries alone.', 'US')
  @CountryCode({ optional: true })
  readonly country?: string | null;
}

@ApiSchema({ description: 'Units of a product.' })
export class AddItemBody {
  @Described('SKU of the product.', '1000237')
  @Text({ max: 64 })
  readonly sku!: string;
  @Described('Units to add.', 2)
  @Quantity()
  readonly quantity!: number;
}

@ApiSchema({ description: 'Units of a line.' })
export class ChangeItemBody {
  @Described('Units that the line shall have; 0 takes it out.', 3)
  @Quantity({ min: 0 })
  readonly quantity!: number;
}

@ApiSchema({ description: 'A coupon that the buyer has.' })
export class AddCouponBody {
  @Described('Its code, in any case.', 'SUMMER-7KQ2M9X4T3WA')
  @Text({ max: 64 })
  readonly code!: string;
}

@ApiSchema({ description: 'How the buyer pays.' })
export class PaymentMeans {
  @Described(
    'Means of payment as the provider gave it to the client; the sandbox knows `tok_ok` and others. Needed unless nothing is ' +
      'left to pay.',
    'tok_ok',
  )
  @OptionalText({ max: 500 })
  readonly token?: string | null;
  @Described('Codes of gift cards, at most 10, that pay first, in this order; the rest is asked of the provider.')
  @TextList({ optional: true, max: 100 })
  readonly giftCards?: readonly string[] | null;
}

@ApiSchema({ description: 'What an order is placed with.' })
export class CheckoutBody {
  @Described('Of the buyer.', 'ada@example.com')
  @EmailField()
  readonly email!: string;
  @Described('Where it goes.')
  @AddressField()
  readonly shippingAddress!: AddressBody;
  @Described('Where the bill goes, if elsewhere.')
  @AddressField({ optional: true })
  readonly billingAddress?: AddressBody | null;
  @Described('Id of a method that the quote offers; the first one where none is named.')
  @OptionalText({ max: 100 })
  readonly shippingMethod?: string | null;
  @Described('How it is paid.')
  @Nested(() => PaymentMeans)
  readonly payment!: PaymentMeans;
  @Described('Whether prices that moved since the lines were added are accepted.')
  @OptionalFlag()
  readonly acceptPrices?: boolean | null;
  @Described('The total that the buyer saw: another one is refused.')
  @MoneyField({ optional: true })
  readonly expectedTotal?: Money | null;
}
