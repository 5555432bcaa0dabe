import { Body, Controller, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PriceList } from '../../domain/price-list/index.js';
import { omitNullish, Operation, Roles, utcOf } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { ChangePriceListBody, CreatePriceListBody } from './price-list.bodies.js';
import { ChangePriceList, CreatePriceList } from './price-list.commands.js';

@ApiTags('price-lists')
@Controller('v1/price-lists')
@Roles('admin')
export class PriceListsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'pricelists.create',
    summary: 'Create a price list',
    description:
      'Adds a list that price rows may name. Its prices count while it is in force, for those that it is for, before those of ' +
      'lists with a lower priority.',
    codes: ['PRICE_LIST.CODE_TAKEN', 'PRICE_LIST.INVALID'],
  })
  @WriteRoute({ answers: { 201: [PriceList, 'The price list.'] } })
  create(@Body() body: CreatePriceListBody, @Res() reply: FastifyReply): Promise<void> {
    const { code, name, priority, from, to, customerGroups, channels, countries } = body;
    const details = {
      name,
      priority,
      ...(from && { from: utcOf(from) }),
      ...(to && { to: utcOf(to) }),
      ...omitNullish({ customerGroups, channels, countries }),
    };
    return this.gate.send(reply, (scope) => new CreatePriceList(scope, { code, details }));
  }

  @Patch(':code')
  @HttpCode(200)
  @Operation({
    id: 'pricelists.update',
    summary: 'Change a price list',
    description:
      'Changes the fields that are sent and leaves the others; null takes one away. Carts are priced by the change at once; ' +
      'product reads and search follow, the first 500 products of the list with the answer.',
    codes: ['PRICE_LIST.NOT_FOUND', 'PRICE_LIST.INVALID'],
  })
  @WriteRoute({ answers: { 200: [PriceList, 'The price list with the change.'] } })
  change(@Param('code') code: string, @Body() body: ChangePriceListBody, @Res() reply: FastifyReply): Promise<void> {
    const { name, priority, from, to, customerGroups, channels, countries } = body;
    const changes = {
      ...omitNullish({ name, priority }),
      ...(from !== undefined && { from: from === null ? null : utcOf(from) }),
      ...(to !== undefined && { to: to === null ? null : utcOf(to) }),
      ...(customerGroups !== undefined && { customerGroups }),
      ...(channels !== undefined && { channels }),
      ...(countries !== undefined && { countries }),
    };
    return this.gate.send(reply, (scope) => new ChangePriceList(scope, { code, changes }));
  }
}
