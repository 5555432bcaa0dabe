// The bare framework of the scenario `bare`. Prints its port.
import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const answer = { ok: true };
class Constant {
  answer() {
    return answer;
  }
}
Post('/constant')(Constant.prototype, 'answer', Object.getOwnPropertyDescriptor(Constant.prototype, 'answer'));
Controller()(Constant);
class Bare {}
Module({ controllers: [Constant] })(Bare);

const app = await NestFactory.create(Bare, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
console.log(app.getHttpServer().address().port);
