import { field } from './field.js';

export interface IntegerOptions {
  readonly min: number;
  readonly max: number;
  readonly optional?: boolean;
  /** Refuses 0, for signed quantities. */
  readonly nonZero?: boolean;
}

/** The most units that a cart line may ask for. */
export const MAX_LINE_QUANTITY = 100_000;
/** The most units that one receipt or adjustment may move. */
export const MAX_STOCK_QUANTITY = 1_000_000_000;

/** A JSON number without a fraction; `"5"` is none. */
export const IntegerField = ({ min, max, optional = false, nonZero = false }: IntegerOptions): PropertyDecorator =>
  field({
    name: 'isIntegerInRange',
    schema: { type: 'integer', minimum: min, maximum: max, ...(nonZero && { not: { enum: [0] } }) },
    test: (value) =>
      Number.isInteger(value) && Number(value) >= min && Number(value) <= max && !(nonZero && value === 0),
    message: `must be an integer from ${min} to ${max}${nonZero ? ', not 0' : ''}`,
    optional,
  });

/** Units of a cart or shipment line. */
export const Quantity = ({ min = 1 }: { readonly min?: number } = {}): PropertyDecorator =>
  IntegerField({ min, max: MAX_LINE_QUANTITY });

/** Units that arrive at a location. */
export const StockQuantity = (): PropertyDecorator => IntegerField({ min: 1, max: MAX_STOCK_QUANTITY });

/** Units found or missing. */
export const SignedQuantity = (): PropertyDecorator =>
  IntegerField({ min: -MAX_STOCK_QUANTITY, max: MAX_STOCK_QUANTITY, nonZero: true });

/** true or false; `"yes"` and 1 are neither. */
export const OptionalFlag = (): PropertyDecorator =>
  field({
    name: 'isFlag',
    schema: { type: 'boolean' },
    test: (value) => typeof value === 'boolean',
    message: 'must be true or false',
    optional: true,
  });
