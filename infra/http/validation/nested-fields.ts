import { applyDecorators } from '@nestjs/common';
import type { Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, IsArray, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { declareField } from './declared-fields.js';

export interface NestedOptions {
  readonly optional?: boolean;
}

// The documentation takes a function for a lazy class only by its name, `type`, hence the arrow functions.
const MUST_BE_OBJECT = { message: 'must be an object' };

/** An object with fields of its own. */
export const Nested = (type: () => Class, { optional = false }: NestedOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), required: !optional }),
    ...(optional ? [IsOptional()] : []),
    IsObject(MUST_BE_OBJECT),
    ValidateNested(MUST_BE_OBJECT),
    declareField({ nested: type }),
  );

export interface NestedListOptions extends NestedOptions {
  readonly max: number;
}

/** A list of objects with fields of their own, at least one. */
export const NestedList = (type: () => Class, { max, optional = false }: NestedListOptions): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), isArray: true, required: !optional, minItems: 1, maxItems: max }),
    ...(optional ? [IsOptional()] : []),
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(1, { message: 'must not be empty' }),
    IsObject({ each: true, message: 'must be a list of objects' }),
    ValidateNested({ each: true, message: 'must be a list of objects' }),
    declareField({ nested: type, listOf: max }),
  );

/** The same where it may be left out. */
export const OptionalNestedList = (type: () => Class, { max }: { readonly max: number }): PropertyDecorator =>
  NestedList(type, { max, optional: true });
