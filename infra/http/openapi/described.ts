import { ApiProperty } from '@nestjs/swagger';

/** What a field of a body or query means, and an example of it; stands above the decorator that says what it must be. */
export const Described = (description: string, example?: unknown): PropertyDecorator =>
  ApiProperty({ description, ...(example !== undefined && { example }) });
