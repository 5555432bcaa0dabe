import { ApiSchema } from '@nestjs/swagger';
import { LineResponse, ShippingCostResponse, TotalsResponse } from './commerce.responses.js';
import {
  ChoiceProperty,
  CurrencyProperty,
  IntegerProperty,
  ListProperty,
  ObjectProperty,
  TextProperty,
} from './properties.js';

@ApiSchema({ name: 'Cart', description: 'A cart. Its id is its key: whoever knows it may read and change the cart.' })
export class CartResponse {
  @TextProperty('Unguessable id.', 'o3Yw3xq0s1mGkqf5cV2b8Q')
  readonly cartId!: string;
  @CurrencyProperty()
  readonly currency!: string;
  @TextProperty("The client's own reference; its order has it too.", 'basket-7', { required: false })
  readonly reference?: string;
  @ChoiceProperty('An open cart takes changes.', ['open', 'checked-out', 'abandoned'], 'open')
  readonly status!: string;
  @ListProperty(LineResponse, 'In the order in which the SKUs were added.')
  readonly items!: readonly LineResponse[];
  @ObjectProperty(TotalsResponse, 'Of the lines alone while the cart is open, then those of its order.')
  readonly totals!: TotalsResponse;
  @ObjectProperty(ShippingCostResponse, 'Of its order, once it is checked out.', { required: false })
  readonly shippingCost?: ShippingCostResponse;
  @IntegerProperty('Revision of the cart, also its ETag.', 1, { minimum: 0 })
  readonly version!: number;
}
