import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { orderAggregate } from '../../domain/order/index.js';
import type { OrderState } from '../../domain/order/index.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { hiddenOrder, mayTouchOrder, orderCredential } from '../../infra/http/index.js';
import type { OrderOwner } from '../../infra/http/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';

type OrderRequest = FastifyRequest<{ Params: { readonly id: string } }>;

/** Admits those who may touch the order of the path: the holder of its accessToken, its customer, support and admin. */
@Injectable()
export class OrderGuard implements CanActivate {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<OrderRequest>();
    const credential = orderCredential(request);
    const owner = await this.executor.query(orderAggregate, request.params.id, ownerOf);
    if (owner === null || !mayTouchOrder(credential, owner, this.config.serverSecret)) throw hiddenOrder();
    return true;
  }
}

const ownerOf = (state: OrderState): OrderOwner | null =>
  state.status === 'none' ? null : { orderId: state.order.orderId, customerId: state.order.customerId };
