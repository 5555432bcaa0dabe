import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Channel } from '../../domain/channel/index.js';
import { Operation } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, ListParams, pageOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetChannel } from './get-channel.query.js';
import { ListChannels } from './list-channels.query.js';

const ChannelPage = pageOf(Channel, 'ChannelPage');

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['channels'], mayBeKept: true })
  @Operation({
    id: 'channels.list',
    summary: 'List channels',
    description: 'Lists channels by code; `default` is always there.',
    credential: 'none',
  })
  @Answers(ChannelPage, 'A page of channels.')
  list(@Query() request: ListParams): Promise<Page<Channel>> {
    return this.queries.execute(new ListChannels(request));
  }

  @Get(':code')
  @Reads({ from: ['channels'], versioned: true, mayBeKept: true })
  @Operation({
    id: 'channels.get',
    summary: 'Read a channel',
    description: 'Shows where and how a channel sells.',
    codes: ['CHANNEL.NOT_FOUND'],
    credential: 'none',
  })
  @Answers(Channel, 'The channel.', ['ETag'])
  channel(@Param('code') code: string, @ReadLate() late: Lateness): Promise<Channel> {
    return this.queries.execute(new GetChannel(code, late));
  }
}
