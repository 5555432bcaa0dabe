import { CountryCode, Described, QueryText } from '../../infra/http/index.js';

/** Where a cart would go, and how. */
export class QuoteParams {
  @Described('Where it would go, ISO 3166-1 alpha-2.', 'US')
  @CountryCode()
  readonly country!: string;

  @Described('State or province.', 'NY')
  @QueryText()
  readonly region?: string;

  @Described('Postal code.', '10001')
  @QueryText({ max: 32 })
  readonly postalCode?: string;

  @Described('Id of a shipping method; the first on offer where none is named.', 'standard')
  @QueryText()
  readonly shippingMethod?: string;
}
