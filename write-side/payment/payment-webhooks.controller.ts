import { Controller, HttpCode, Inject, Logger, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiProperty, ApiSchema, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { paymentAggregate } from '../../domain/payment/index.js';
import type { PaymentCommand } from '../../domain/payment/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { Refusal } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  Operation,
  problem,
  refused,
  RouteTakes,
  SignedAsWebhook,
  TextProperty,
  traceparentOf,
} from '../../infra/http/index.js';
import { PAYMENT_PROVIDER } from '../../infra/payment-provider/index.js';
import type { PaymentProvider, ProviderNotice } from '../../infra/payment-provider/index.js';
import type { CommandContext } from '../shared/command-executor.js';
import { ExecuteCommand } from '../shared/execute-command.js';
import { given } from '../shared/given.js';
import { commandIdOfDelivery } from '../shared/ids.js';

@ApiSchema({ name: 'PaymentNotice', description: 'What a provider tells of a payment, in its own shape.' })
class PaymentNoticeBody {
  @TextProperty('What happened, in words of the provider.', 'payment.authorized', { required: false })
  readonly type?: string;
}

@ApiSchema({ name: 'ReceivedNotice', description: 'The notice was taken, or had been before.' })
class ReceivedResponse {
  @ApiProperty({ description: 'Always true.', example: true })
  readonly received!: boolean;
}

/** Notices of the payment provider: the same commands as its answers to our own calls, however often they come. */
@ApiTags('webhooks')
@Controller('v1/webhooks/payments')
export class PaymentWebhooksController {
  private readonly logger = new Logger('payment webhooks');

  constructor(
    private readonly bus: CommandBus,
    @Inject(PAYMENT_PROVIDER) private readonly provider: PaymentProvider,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'read'>,
  ) {}

  /** Signed by the provider (sandbox: Standard Webhooks). */
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
      'PAYMENT.CONFLICTING_OUTCOME',
      'REQUEST.TOO_LARGE',
      'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    ],
    credential: 'none',
  })
  @ApiBody({ type: PaymentNoticeBody })
  @ApiOkResponse({ type: ReceivedResponse, description: 'Taken, or known already.' })
  async receive(@Param('provider') name: string, @Req() request: FastifyRequest): Promise<{ received: true }> {
    if (name !== this.provider.name) throw problem('WEBHOOK.UNKNOWN_PROVIDER', 'There is no such payment provider.');
    const notice = this.provider.verify(plainHeaders(request.headers), request.rawBody ?? '');
    if (notice === null) throw problem('WEBHOOK.SIGNATURE_INVALID', 'The notice is not signed as it should be.');
    if (notice === 'of-no-concern') return { received: true };
    const outcome = await this.bus.execute(
      ExecuteCommand.of({
        aggregate: paymentAggregate,
        id: notice.paymentId,
        command: commandOf(notice),
        context: { ...contextOf(notice, name, request), ...(await this.originOf(notice)) },
        answer: () => null,
      }),
    );
    if (outcome.kind === 'refused') this.settle(outcome.refusal, notice);
    return { received: true };
  }

  /**
   * What contradicts a payment that is settled is too late to change it, and a provider that is not answered 2xx sends it
   * again for days. @throws ProblemError there is no such payment
   */
  private settle(refusal: Refusal, { kind, webhookId, paymentId }: ProviderNotice): void {
    if (refusal.code !== 'PAYMENT.CONFLICTING_OUTCOME') throw refused(refusal);
    this.logger.warn(`the notice ${webhookId}, ${kind}, changes nothing of payment ${paymentId}: ${refusal.detail}`);
  }

  /** A notice answers our own request: it goes on with what that was part of, not with whatever brought it. */
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

function commandOf({ kind, code, detail, expiresAt }: ProviderNotice): PaymentCommand {
  if (kind === 'authorized') return { type: 'record-authorization', ...given({ expiresAt }) };
  return {
    type: 'record-decline',
    code: code ?? 'PAYMENT.DECLINED',
    detail: detail ?? 'The payment provider declined the payment.',
  };
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
