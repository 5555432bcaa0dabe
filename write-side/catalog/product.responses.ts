import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Money } from '../../domain/shared/index.js';
import { IntegerProperty, MoneyProperty, TextProperty, TextsProperty } from '../../infra/http/index.js';

const OPTIONAL = { required: false };

@ApiSchema({ name: 'CreatedProduct', description: 'What the new product is known by.' })
export class CreatedProductResponse {
  @TextProperty('Id of the product, whatever its SKU.', 'g7Tq0lq9m4Q1xk2b')
  readonly productId!: string;
  @TextProperty('Stock keeping unit, which names the product everywhere.', 'TEA-1')
  readonly sku!: string;
}

@ApiSchema({ name: 'ProductDetails', description: 'A product as it is kept, without its stock.' })
export class ProductDetailsResponse extends CreatedProductResponse {
  @TextProperty('For people.', 'Green tea, 100 g')
  readonly name!: string;
  @TextProperty('Longer text for people.', 'First flush.', OPTIONAL)
  readonly description?: string;
  @TextProperty('Who makes it.', 'Hillside', OPTIONAL)
  readonly brand?: string;
  @TextsProperty('From the widest to the narrowest.', ['Groceries', 'Tea'])
  readonly categories!: readonly string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What else is to say, by name.',
    example: { packageSize: '100 g' },
  })
  readonly attributes!: Readonly<Record<string, string>>;
  @TextProperty('By which rates of a tax zone it is taxed.', 'standard')
  readonly taxClass!: string;
  @MoneyProperty('Of one unit.')
  readonly price!: Money;
  @IntegerProperty('Revision of the product, also its ETag.', 1, { minimum: 0 })
  readonly version!: number;
}
