import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import {
  ListProperty,
  MoneyProperty,
  ObjectProperty,
  ShippingCostResponse,
  TextProperty,
  TotalsResponse,
} from '../../infra/http/index.js';

@ApiSchema({ name: 'ShippingMethod', description: 'A way to a destination.' })
export class ShippingMethodResponse {
  @TextProperty('For `shippingMethod` of the checkout.', 'standard')
  readonly id!: string;
  @TextProperty('For people.', 'Standard')
  readonly name!: string;
  @MoneyProperty('What it costs for this cart.', 0)
  readonly price!: Money;
}

@ApiSchema({ name: 'Quote', description: 'What a cart would cost at a destination.' })
export class QuoteResponse {
  @ObjectProperty(TotalsResponse, 'Of the order that a checkout would make.')
  readonly totals!: TotalsResponse;
  @ObjectProperty(ShippingCostResponse, 'By the method asked for, else the first on offer.')
  readonly shippingCost!: ShippingCostResponse;
  @ListProperty(ShippingMethodResponse, 'On offer there.')
  readonly shippingMethods!: readonly ShippingMethodResponse[];
}
