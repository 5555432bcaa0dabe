import { Controller, HttpCode, Inject, Logger, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiProperty, ApiSchema, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { streamOf } from '../../domain/shared/index.js';
import type { Refusal } from '../../domain/shared/index.js';
import { flag, named, object } from '../../domain/shared/schema.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  Answer,
  Operation,
  problem,
  refused,
  RouteTakes,
  SignedAsWebhook,
  traceparentOf,
} from '../../infra/http/index.js';
import { PAYMENT_PROVIDERS, ProviderUnavailableError } from '../../infra/payment-provider/index.js';
import type { PaymentProvider, PaymentProviders, ProviderNotice } from '../../infra/payment-provider/index.js';
import type { CommandContext } from '../../infra/engine/commands/index.js';
import { commandIdOfDelivery } from '../shared/write-gate.js';
import { RecordProviderNotice } from './payment.commands.js';

@ApiSchema({ name: 'PaymentNotice', description: 'What a provider tells of a payment, in its own shape.' })
class PaymentNoticeBody {
  @ApiProperty({
    type: 'string',
    description: 'What happened, in words of the provider.',
    example: 'payment.authorized',
    required: false,
  })
  readonly type?: string;
}

const ReceivedNotice = named(
  'ReceivedNotice',
  object({ received: flag('Always true.', true) }, 'The notice was taken, or had been before.'),
);

/** How many seconds a provider waits before it sends a notice again. */
const RETRY_AFTER = '30';

/** Refusals of notices that contradict a settled payment, or that report refunds which somebody made at the provider by hand. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set(['PAYMENT.CONFLICTING_OUTCOME', 'PAYMENT.REFUND_NOT_FOUND']);

/** Receives the notices of payment providers. A notice becomes the same command as the answer to our own call, so it may be repeated. */
@ApiTags('webhooks')
@Controller('v1/webhooks/payments')
export class PaymentWebhooksController {
  private readonly logger = new Logger('payment webhooks');

  constructor(
    private readonly bus: CommandBus,
    @Inject(PAYMENT_PROVIDERS) private readonly providers: PaymentProviders,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'read'>,
  ) {}

  /** Takes a notice that its provider has signed (the sandbox as in Standard Webhooks). */
  @Post(':provider')
  @HttpCode(200)
  @RouteTakes({ anyBody: true })
  @SignedAsWebhook({ required: true, signedBy: 'the provider' })
  @Operation({
    id: 'webhooks.payment',
    summary: 'Take a notice of a payment provider',
    description:
      'For payment providers, which sign their notices. It becomes the same command as the answer to our own call, so a late ' +
      'or repeated notice changes nothing that is settled.',
    codes: [
      'WEBHOOK.SIGNATURE_INVALID',
      'WEBHOOK.UNKNOWN_PROVIDER',
      'PAYMENT.NOT_FOUND',
      'PAYMENT.CURRENCY_MISMATCH',
      'PAYMENT.PROVIDER_UNAVAILABLE',
      'REQUEST.TOO_LARGE',
      'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    ],
    credential: 'none',
  })
  @ApiBody({ type: PaymentNoticeBody })
  @Answer(200, ReceivedNotice, { description: 'Taken, or known already.' })
  async receive(@Param('provider') name: string, @Req() request: FastifyRequest): Promise<{ received: true }> {
    const provider = this.providers.named(name);
    if (provider === undefined) throw problem('WEBHOOK.UNKNOWN_PROVIDER', 'There is no such payment provider.');
    const notice = await factIn(provider, request);
    if (notice === null) throw problem('WEBHOOK.SIGNATURE_INVALID', 'The notice is not signed as it should be.');
    if (notice === 'of-no-concern') return { received: true };
    const context = { ...contextOf(notice, name, request), ...(await this.originOf(notice)) };
    const outcome = await this.bus.execute(new RecordProviderNotice(notice, context));
    if (outcome.kind === 'refused') this.settle(outcome.refusal, notice);
    return { received: true };
  }

  /**
   * Logs a notice that comes too late to change its settled payment. It is answered 200, as the provider would otherwise send it
   * again for days. @throws ProblemError there is no such payment
   */
  private settle(refusal: Refusal, { fact, webhookId, paymentId }: ProviderNotice): void {
    if (!CHANGES_NOTHING.has(refusal.code)) throw refused(refusal);
    this.logger.warn(
      `the notice ${webhookId}, ${fact.kind}, changes nothing of payment ${paymentId}: ${refusal.detail}`,
    );
  }

  /** Finds correlation and trace of our own request, which the notice answers and whose trace it continues. */
  private async originOf({
    paymentId,
  }: ProviderNotice): Promise<Pick<CommandContext, 'correlationId' | 'traceparent'> | null> {
    for await (const { metadata } of this.log.read(streamOf('payment', paymentId), { limit: 1 })) {
      const { correlationId, traceparent } = metadata;
      return { correlationId, ...(traceparent !== undefined && { traceparent }) };
    }
    return null;
  }
}

/** Verifies and reads a notice; null where its signature is wrong. @throws ProblemError the provider has to send it again */
async function factIn(provider: PaymentProvider, { headers, rawBody }: FastifyRequest) {
  try {
    return await provider.factIn(plainHeaders(headers), rawBody ?? '');
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    const detail = 'The provider has to be asked about its notice and does not answer.';
    throw problem('PAYMENT.PROVIDER_UNAVAILABLE', detail, { headers: { 'retry-after': RETRY_AFTER }, cause: error });
  }
}

function contextOf(notice: ProviderNotice, provider: string, request: FastifyRequest): CommandContext {
  const traceparent = traceparentOf(request.headers);
  return {
    commandId: commandIdOfDelivery(`webhook:${provider}`, notice.webhookId),
    correlationId: request.id,
    causationId: null,
    actor: `webhook:${provider}`,
    repeatable: true,
    ...(traceparent !== undefined && { traceparent }),
  };
}

function plainHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') plain[name] = value;
  return plain;
}
