import { CountryCode, QueryText } from '../../infra/http/index.js';

/** Where a cart would go, and how. */
export class QuoteParams {
  @CountryCode()
  readonly country!: string;

  @QueryText()
  readonly region?: string;

  @QueryText({ max: 32 })
  readonly postalCode?: string;

  @QueryText()
  readonly shippingMethod?: string;
}
