import { ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../../domain/shared/index.js';
import { IntegerProperty, MoneyProperty, TextProperty } from './properties.js';

@ApiSchema({
  name: 'Totals',
  description: 'total = subtotal − discount + shipping + tax; `taxIncluded` is contained in the lines.',
})
export class TotalsResponse {
  @MoneyProperty('Sum of the lines.', 598)
  readonly subtotal!: Money;
  @MoneyProperty('What is taken off.', 0)
  readonly discount!: Money;
  @MoneyProperty('What the way costs.', 0)
  readonly shipping!: Money;
  @MoneyProperty('Tax on top.', 0)
  readonly tax!: Money;
  @MoneyProperty('Tax that the lines contain already.', 0)
  readonly taxIncluded!: Money;
  @MoneyProperty('What the buyer pays.', 598)
  readonly total!: Money;
}

@ApiSchema({ name: 'LineItem', description: 'A line of a cart or order, at the price that was frozen on it.' })
export class LineResponse {
  @TextProperty('SKU of the product.', '1000237')
  readonly sku!: string;
  @TextProperty('Name of the product when the line was made.', 'Salad blend, 10 oz')
  readonly name!: string;
  @IntegerProperty('Units.', 2, { minimum: 1 })
  readonly quantity!: number;
  @MoneyProperty('Price of one unit.')
  readonly unitPrice!: Money;
  @MoneyProperty('unitPrice × quantity.', 598)
  readonly lineTotal!: Money;
}

@ApiSchema({ name: 'SkuQuantity', description: 'Units of a SKU.' })
export class SkuQuantityResponse {
  @TextProperty('SKU of the product.', '1000237')
  readonly sku!: string;
  @IntegerProperty('Units.', 2, { minimum: 1 })
  readonly quantity!: number;
}
