import { Body, Controller, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Channel } from '../../domain/channel/index.js';
import { omitNullish, Operation, Roles } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { ChangeChannelBody, CreateChannelBody } from './channel.bodies.js';
import { ChangeChannel, CreateChannel } from './channel.commands.js';

@ApiTags('channels')
@Controller('v1/channels')
@Roles('admin')
export class ChannelsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'channels.create',
    summary: 'Create a channel',
    description: 'Adds a channel that carts can be opened in. The channel `default` is always there.',
    codes: ['CHANNEL.CODE_TAKEN', 'CHANNEL.INVALID'],
  })
  @WriteRoute({ answers: { 201: [Channel, 'The channel.'] } })
  create(@Body() body: CreateChannelBody, @Res() reply: FastifyReply): Promise<void> {
    const { code, name, currencies, countries, locale, timeZone } = body;
    const data = { code, name, currencies, ...omitNullish({ countries }), locale, timeZone };
    return this.gate.send(reply, (scope) => new CreateChannel(scope, data));
  }

  @Patch(':code')
  @HttpCode(200)
  @Operation({
    id: 'channels.update',
    summary: 'Change a channel',
    description:
      'Changes the fields that are sent and leaves the others. The channel `default` sells everything, so that its ' +
      'currencies and countries cannot be named.',
    codes: ['CHANNEL.NOT_FOUND', 'CHANNEL.INVALID'],
  })
  @WriteRoute({ answers: { 200: [Channel, 'The channel with the change.'] } })
  change(@Param('code') code: string, @Body() body: ChangeChannelBody, @Res() reply: FastifyReply): Promise<void> {
    const { countries, name, currencies, locale, timeZone } = body;
    const data = {
      code,
      ...omitNullish({ name, currencies, locale, timeZone }),
      ...(countries !== undefined && { countries }),
    };
    return this.gate.send(reply, (scope) => new ChangeChannel(scope, data));
  }
}
