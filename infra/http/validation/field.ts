import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { declareField } from './declared-fields.js';

/** One line for a field: what it must be, for the validator, and what it looks like, for the documentation. */
export interface FieldRule {
  readonly name: string;
  readonly schema: ApiPropertyOptions;
  /** `whole` is the object that the field is of. */
  readonly test: (value: unknown, whole: object | undefined) => boolean;
  /** Ends a sentence that begins with the field's path: `must be …`. Never repeats the value. */
  readonly message: string | ((value: unknown) => string);
  /** Absent or null is fine. */
  readonly optional?: boolean;
  /** Reads what an address carries as text, before it is tested. */
  readonly read?: (value: unknown) => unknown;
  /** In a query, the parameter may be given more than once. */
  readonly repeats?: boolean;
}

export function field({ name, schema, test, message, optional = false, read, repeats }: FieldRule): PropertyDecorator {
  const documented: ApiPropertyOptions = Object.assign({ required: !optional }, schema);
  return applyDecorators(
    declareField({ ...(read && { read }), ...(repeats && { repeats }) }),
    ApiProperty(documented),
    ...(optional ? [IsOptional()] : []),
    ValidateBy({
      name,
      validator: {
        validate: (value, args) => test(value, args?.object),
        defaultMessage: (args) => {
          if (args?.value === undefined) return 'is required';
          return typeof message === 'string' ? message : message(args.value);
        },
      },
    }),
  );
}
