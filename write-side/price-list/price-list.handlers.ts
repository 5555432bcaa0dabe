import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { variantAggregate } from '../../domain/catalog/index.js';
import type { ListTerms } from '../../domain/catalog/index.js';
import { listedProductsAggregate, listTerms, priceListAggregate, productsFrom } from '../../domain/price-list/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { inParallel } from '../../infra/shared/in-parallel.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import { latest, type Position } from '../../infra/shared/position.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { Channels } from '../shared/channels.js';
import type { WriteAnswer, WriteScope } from '../shared/write-scope.js';
import { priceListAnswer } from './price-list.answers.js';
import { ChangePriceList, CreatePriceList } from './price-list.commands.js';

@CommandHandler(CreatePriceList)
export class CreatePriceListHandler implements ICommandHandler<CreatePriceList> {
  constructor(private readonly channels: Channels) {}

  /** @throws ProblemError PRICE_LIST.CODE_TAKEN, PRICE_LIST.INVALID */
  async execute({ scope, data: { code, details } }: CreatePriceList): Promise<WriteAnswer> {
    const known = { channels: await this.channels.known(details.channels ?? []) };
    return scope.answer(201, {
      aggregate: priceListAggregate,
      id: code,
      creates: true,
      command: { type: 'create-price-list', code, details, now: new Date().toISOString(), known },
      answer: priceListAnswer,
    });
  }
}

/** As many as a change can wait for; a list of more is told by its saga, page by page. */
const AT_ONCE = 8;

/**
 * Changes a list and tells its first products, so that whoever reads one of them with the answer's token sees the change; the saga
 * tells all.
 */
@CommandHandler(ChangePriceList)
export class ChangePriceListHandler implements ICommandHandler<ChangePriceList> {
  constructor(
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly channels: Channels,
  ) {}

  /** @throws ProblemError PRICE_LIST.NOT_FOUND, PRICE_LIST.INVALID */
  async execute({ scope, data: { code, changes } }: ChangePriceList): Promise<WriteAnswer> {
    const known = { channels: await this.channels.known(changes.channels ?? []) };
    const { answer, events, revision, position } = await scope.execute({
      aggregate: priceListAggregate,
      id: code,
      command: { type: 'change-price-list', code, changes, now: new Date().toISOString(), known },
      answer: (state, recorded, at) => ({ shown: priceListAnswer(state, recorded, at), list: listTerms(state, at) }),
    });
    const { shown, list } = answer;
    const told = events.length === 0 || list === null ? null : await this.tell(scope, list);
    return { status: 200, body: shown, revision, position: latest([position, told]) };
  }

  private async tell({ context }: WriteScope, list: ListTerms): Promise<Position | null> {
    const skus = await this.executor.query(listedProductsAggregate, list.code, (products) => productsFrom(products, 0));
    const positions: (Position | null)[] = [];
    const { settled: _, ...sent } = context;
    await inParallel(skus, AT_ONCE, async (sku) => {
      const outcome = await this.executor.execute({
        aggregate: variantAggregate,
        id: sku,
        command: { type: 'follow-price-list', list },
        context: { ...sent, commandId: deriveId(context.commandId, `follow:${sku}`) },
        answer: () => null,
      });
      if (outcome.kind === 'accepted') positions.push(outcome.position);
    });
    return latest(positions);
  }
}
