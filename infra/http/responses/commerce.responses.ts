import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../../domain/shared/index.js';
import { IntegerProperty, ListProperty, MoneyProperty, TextProperty } from './properties.js';

const OPTIONAL = { required: false };

@ApiSchema({
  name: 'Totals',
  description:
    'total = subtotal − discount + shipping + tax = net + tax + taxIncluded; `taxIncluded` is contained in the lines and ' +
    'the shipping price.',
})
export class TotalsResponse {
  @MoneyProperty('Sum of the lines.', 598)
  readonly subtotal!: Money;
  @MoneyProperty('What is taken off lines and shipping.', 0)
  readonly discount!: Money;
  @MoneyProperty('What the way costs.', 0)
  readonly shipping!: Money;
  @MoneyProperty('Tax on top.', 0)
  readonly tax!: Money;
  @MoneyProperty('Tax that the lines contain already.', 0)
  readonly taxIncluded!: Money;
  @MoneyProperty('What is left of the total without any tax.', 598)
  readonly net!: Money;
  @MoneyProperty('What the buyer pays.', 598)
  readonly total!: Money;
}

@ApiSchema({ name: 'Discount', description: 'What a promotion takes off.' })
export class DiscountResponse {
  @TextProperty('Id of the promotion.', 'summer')
  readonly promotionId!: string;
  @TextProperty('For people.', 'Summer sale')
  readonly name!: string;
  @TextProperty('Of the coupon, where one was needed.', 'SUMMER-10', OPTIONAL)
  readonly code?: string;
  @MoneyProperty('What is taken off.', 50)
  readonly amount!: Money;
}

@ApiSchema({ name: 'AppliedTax', description: 'A rate of tax and what it came to.' })
export class AppliedTaxResponse {
  @TextProperty('For people.', 'VAT')
  readonly name!: string;
  @TextProperty('Decimal fraction, such as `0.19`.', '0.19')
  readonly rate!: string;
  @ApiProperty({ description: 'Contained in the price, not added on top.', example: true })
  readonly included!: boolean;
  @MoneyProperty('What it is taken of, without any tax.', 503)
  readonly base!: Money;
  @MoneyProperty('The tax.', 95)
  readonly amount!: Money;
}

class TaxedPriceResponse {
  @ListProperty(DiscountResponse, 'What was taken off, by promotion.')
  readonly discounts!: readonly DiscountResponse[];
  @MoneyProperty('Their sum.', 0)
  readonly discount!: Money;
  @ListProperty(AppliedTaxResponse, 'By rate; none while nobody has said where it goes.')
  readonly taxes!: readonly AppliedTaxResponse[];
  @MoneyProperty('After discounts, without any tax.', 503)
  readonly net!: Money;
  @MoneyProperty('After discounts, with all taxes: what is paid.', 598)
  readonly gross!: Money;
}

@ApiSchema({ name: 'LineItem', description: 'A line of a cart or order, at the price that was frozen on it.' })
export class LineResponse extends TaxedPriceResponse {
  @TextProperty('Id of the line within its cart and order.', '1')
  readonly lineId!: string;
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
  @TextProperty('By which it is taxed.', 'standard')
  readonly taxClass!: string;
}

@ApiSchema({ name: 'ShippingCost', description: 'What shipping costs.' })
export class ShippingCostResponse extends TaxedPriceResponse {
  @TextProperty('Id of the shipping method.', 'standard')
  readonly method!: string;
  @TextProperty('For people.', 'Standard')
  readonly name!: string;
  @MoneyProperty('Before discount and tax.', 598)
  readonly price!: Money;
  @MoneyProperty('What the cheapest method on offer would have cost, with its tax.', 598)
  readonly cheapest!: Money;
}

@ApiSchema({ name: 'SkuQuantity', description: 'Units of a SKU.' })
export class SkuQuantityResponse {
  @TextProperty('SKU of the product.', '1000237')
  readonly sku!: string;
  @IntegerProperty('Units.', 2, { minimum: 1 })
  readonly quantity!: number;
}
