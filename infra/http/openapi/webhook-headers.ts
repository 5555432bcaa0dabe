import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

interface WebhookHeaders {
  /** Whether the signature is the only way in. */
  readonly required: boolean;
  readonly signedBy: string;
}

/** Documents the three headers that Standard Webhooks signs a notice with. */
export const SignedAsWebhook = ({ required, signedBy }: WebhookHeaders): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'webhook-id',
      required,
      description: `Id of the notice, signed by ${signedBy}; the same notice has the same one, however often it comes.`,
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      ...(required && { example: 'msg_2Yd9Pq' }),
    }),
    ApiHeader({
      name: 'webhook-timestamp',
      required,
      description: 'Seconds since 1970; a notice is good for five minutes.',
      schema: { type: 'string', pattern: '^\\d{1,12}$' },
      ...(required && { example: '1772357400' }),
    }),
    ApiHeader({
      name: 'webhook-signature',
      required,
      description: '`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; several are separated by blanks.',
      schema: { type: 'string', minLength: 1 },
      ...(required && { example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' }),
    }),
  );
