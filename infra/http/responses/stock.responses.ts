import { ApiSchema } from '@nestjs/swagger';
import { IntegerProperty, ListProperty, TextProperty } from './properties.js';

class UnitsResponse {
  @IntegerProperty('Units in the house.', 504)
  readonly onHand!: number;
  @IntegerProperty('Of them held for orders.', 2)
  readonly reserved!: number;
  @IntegerProperty('onHand − reserved.', 502)
  readonly available!: number;
}

@ApiSchema({ name: 'StockLocation', description: 'The stock of a SKU at one place.' })
export class StockLocationResponse extends UnitsResponse {
  @TextProperty('Where; `default` where a receipt named no place.', 'default')
  readonly location!: string;
}

@ApiSchema({ name: 'StockLevel', description: 'The stock of a SKU in all, as live stock tells it.' })
export class LiveStockResponse extends UnitsResponse {
  @TextProperty('SKU of the product.', '1000237')
  readonly sku!: string;
}

@ApiSchema({ name: 'Stock', description: 'The stock of a SKU, in all and by location.' })
export class StockResponse extends LiveStockResponse {
  @ListProperty(StockLocationResponse, 'By name; empty where nothing was ever received.')
  readonly locations!: readonly StockLocationResponse[];
}
