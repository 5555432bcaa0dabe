import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { ErrorCode } from '../error-catalogue.js';
import { codeSchema } from './problems.js';

/** A member that is a code of the catalogue. */
export const Coded = (example: ErrorCode, description: string): PropertyDecorator =>
  ApiProperty(codeSchema(example, description) as ApiPropertyOptions);
