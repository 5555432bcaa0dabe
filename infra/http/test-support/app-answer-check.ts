import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildDocument } from '../openapi/openapi.js';
import { answerCheck, type AnswerCheck } from './answer-check.js';

/** By the routes: within one process two applications with the same routes have the same document, and making it takes half a second. */
const checks = new Map<string, AnswerCheck>();

/** Compares what an application answers with what its document says; the document is made when the first answer comes. */
export function answerCheckOf(app: NestFastifyApplication): AnswerCheck {
  const routes = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return (answer) => {
    const check = checks.get(routes) ?? answerCheck(buildDocument(app));
    checks.set(routes, check);
    check(answer);
  };
}
