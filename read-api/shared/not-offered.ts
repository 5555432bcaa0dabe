import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';

/** A parameter that is refused by name where it is sent, rather than silently ignored. */
export const NotOffered = (message: string): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({ name: 'isNotOffered', validator: { validate: () => false, defaultMessage: () => message } }),
  );
