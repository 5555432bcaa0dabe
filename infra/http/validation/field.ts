import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';

/** One line for a field: what it must be, for the validator, and what it looks like, for the documentation. */
export interface FieldRule {
  readonly name: string;
  readonly schema: ApiPropertyOptions;
  readonly test: (value: unknown) => boolean;
  /** Ends a sentence that begins with the field's path: `must be …`. Never repeats the value. */
  readonly message: string;
  /** Absent or null is fine. */
  readonly optional?: boolean;
}

export function field({ name, schema, test, message, optional = false }: FieldRule): PropertyDecorator {
  const documented: ApiPropertyOptions = Object.assign({}, schema, { required: !optional });
  return applyDecorators(
    ApiProperty(documented),
    ...(optional ? [IsOptional()] : []),
    ValidateBy({
      name,
      validator: {
        validate: test,
        defaultMessage: (args) => (args?.value === undefined ? 'is required' : message),
      },
    }),
  );
}
