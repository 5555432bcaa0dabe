/** An amount in minor units of an ISO 4217 currency, as in `{"amount": 1999, "currency": "USD"}`. */
export interface Money {
  /** A safe integer. */
  readonly amount: number;
  readonly currency: string;
}
