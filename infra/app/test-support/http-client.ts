import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SignJWT } from 'jose';
import { answerCheck, type AnswerCheck } from '../../http/test-support/answer-check.js';
import { packageRoot } from '../boot/package-root.js';
import { AUTH_SECRET } from './engine-process.js';
import { eventually } from './eventually.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object where there is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Request {
  readonly body?: object;
  /** A role to sign a token for. */
  readonly as?: Role;
  readonly headers?: Readonly<Record<string, string>>;
  /** Idempotency-Key. */
  readonly key?: string;
}

export type Role = 'customer' | 'support' | 'analyst' | 'admin';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const tokens = new Map<string, Promise<string>>();

export function tokenOf(role: Role, subject = `${role}-of-the-specs`): Promise<string> {
  const key = `${role}:${subject}`;
  let token = tokens.get(key);
  if (token === undefined) {
    const claims = new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject(subject);
    token = claims.setExpirationTime('1h').sign(new TextEncoder().encode(AUTH_SECRET));
    tokens.set(key, token);
  }
  return token;
}

let check: AnswerCheck | undefined;

/** Holds an answer to the document that the build has made. */
function checked(method: Method, path: string, reply: Reply): Reply {
  check ??= answerCheck(JSON.parse(readFileSync(DOCUMENT, 'utf8')) as OpenAPIObject);
  check({ method, path, ...reply });
  return reply;
}

const DOCUMENT = join(packageRoot, 'dist/openapi.json');

/** Speaks HTTP to whatever the engine's address is at the moment. */
export class HttpClient {
  constructor(private readonly engine: { readonly url: string }) {}

  /** @throws where no answer came, or one that is not as the API's document says */
  async call(method: Method, path: string, { body, as, headers, key }: Request = {}): Promise<Reply> {
    const response = await fetch(this.engine.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(as !== undefined && { authorization: `Bearer ${await tokenOf(as)}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return checked(method, path, { status: response.status, headers: response.headers, text, json: parsed(text) });
  }

  /** The answer once there is one: lost connections and 503 are tried again. For requests that may be repeated. */
  persist(method: Method, path: string, request: Request = {}): Promise<Reply> {
    return eventually(
      `${method} ${path} is answered`,
      async () => {
        const reply = await this.call(method, path, request);
        if (reply.status === 503 || reply.json['code'] === 'REQUEST.IN_PROGRESS') throw new Error(reply.text);
        return reply;
      },
      PATIENCE_SECONDS,
    );
  }
}

/** Longer than any restart takes. */
const PATIENCE_SECONDS = 60;

function parsed(text: string): Reply['json'] {
  try {
    return JSON.parse(text) as Reply['json'];
  } catch {
    return {};
  }
}

/** The reply when it has this status. @throws an error that shows it */
export function expectStatus(reply: Reply, status: number): Reply {
  if (reply.status === status) return reply;
  throw new Error(`expected ${status}, got ${reply.status}: ${reply.text}`);
}
