import type { Type } from '@nestjs/common';
import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { currencyCodes } from '../../../domain/shared/index.js';
import { AddressBody, MoneyBody } from '../validation/index.js';

// Members of answers, each a line: what it means and how it looks.

interface Optional {
  readonly required?: boolean;
}

export const TextProperty = (description: string, example: string, options: Optional = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', description, example, ...options });

export const TextsProperty = (description: string, example: readonly string[]): PropertyDecorator =>
  ApiProperty({ type: 'array', items: { type: 'string' }, description, example });

export const ChoiceProperty = (description: string, choices: readonly string[], example: string): PropertyDecorator =>
  ApiProperty({ enum: [...choices], description, example });

export const IntegerProperty = (
  description: string,
  example: number,
  options: Optional & { readonly minimum?: number } = {},
): PropertyDecorator => ApiProperty({ type: 'integer', description, example, ...options });

export const TimeProperty = (description: string, options: Optional = {}): PropertyDecorator =>
  ApiProperty({ type: 'string', format: 'date-time', description, example: '2026-03-01T09:30:00.000Z', ...options });

/** `cents` of the example, in USD. */
export const MoneyProperty = (description: string, cents = 299, options: Optional = {}): PropertyDecorator =>
  ApiProperty({ type: () => MoneyBody, description, example: { amount: cents, currency: 'USD' }, ...options });

export const CurrencyProperty = (): PropertyDecorator =>
  ApiProperty({ enum: currencyCodes, enumName: 'CurrencyCode', description: 'ISO 4217', example: 'USD' });

/** An object, or a list of objects, of a class that is documented itself. */
export const ObjectProperty = (type: Type, description: string, options: Optional = {}): PropertyDecorator =>
  ApiProperty({ type: () => type, description, ...options });

export const ListProperty = (type: Type, description: string, options: ApiPropertyOptions = {}): PropertyDecorator =>
  ApiProperty({ ...options, type: () => type, isArray: true, description } as ApiPropertyOptions);

/** An object of this class or null; the class has to be an extra model of the one that has the member. */
export const NullableProperty = (schemaName: string, description: string): PropertyDecorator =>
  ApiProperty({ oneOf: [{ $ref: getSchemaPath(schemaName) }, { type: 'null' }], description });

export const NullableText = (description: string, example: string | null): PropertyDecorator =>
  ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }], description, example });

export const AddressProperty = (description: string): PropertyDecorator => NullableProperty('Address', description);

export { AddressBody };
