import { pipeline, type Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createDeflate, createGzip, deflate, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { preferredCoding } from './content-coding.js';
import { onSend } from './on-send.js';
import { vary } from './vary.js';

/** Bytes; what is shorter travels in one packet anyway. */
const WORTH_IT = 1_024;
const OFFERED = ['br', 'gzip', 'deflate'] as const;
type Coding = (typeof OFFERED)[number];

/** Text that ends: a stream of events has to leave as it comes, and the log's own route packs what it sends. */
const TEXT = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|yaml|javascript|xml)|image\/svg)/i;

const [brotliOf, gzipOf, deflateOf] = [promisify(brotliCompress), promisify(gzip), promisify(deflate)];
/** Brotli's default of 11 is for what is packed once; 4 costs what gzip costs. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const WHOLE: Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => brotliOf(bytes, BROTLI),
  gzip: (bytes) => gzipOf(bytes),
  deflate: (bytes) => deflateOf(bytes),
};
const STREAMED: Readonly<Record<Coding, () => Transform>> = {
  br: () => createBrotliCompress(BROTLI),
  gzip: createGzip,
  deflate: createDeflate,
};

/**
 * Packs answers of 1 KiB and more for clients that take it, off the main thread. The ETag stays what it is, a revision: it
 * has to guard writes.
 */
export function registerCompression(fastify: FastifyInstance): void {
  const packed = new PackedBuffers();
  onSend(fastify, (request, reply, payload) => {
    if (!isText(reply)) return payload;
    vary(reply, 'Accept-Encoding');
    if (!isWorthIt(payload)) return payload;
    const coding = codingOf(request, reply);
    if (coding === null) return payload;
    if (isStream(payload)) return streamed(payload, reply, coding);
    void reply.header('content-encoding', coding).removeHeader('content-length');
    return Buffer.isBuffer(payload) ? packed.of(payload, coding) : WHOLE[coding](Buffer.from(payload));
  });
}

const isText = (reply: FastifyReply): boolean => TEXT.test(String(reply.getHeader('content-type') ?? ''));

function codingOf({ headers }: FastifyRequest, reply: FastifyReply): Coding | null {
  if (reply.hasHeader('content-encoding') || reply.statusCode === 206) return null;
  return preferredCoding(String(headers['accept-encoding'] ?? ''), OFFERED);
}

/** Nothing else than these has bytes to pack. */
function isWorthIt(payload: unknown): payload is string | Buffer | Readable {
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return Buffer.byteLength(payload) >= WORTH_IT;
  return isStream(payload);
}

const isStream = (payload: unknown): payload is Readable =>
  typeof payload === 'object' && payload !== null && 'pipe' in payload && typeof payload.pipe === 'function';

/** A file, which has a length; what has none may have no end either. */
function streamed(source: Readable, reply: FastifyReply, coding: Coding): Readable {
  if (!(Number(reply.getHeader('content-length')) >= WORTH_IT)) return source;
  void reply.header('content-encoding', coding).removeHeader('content-length');
  // The answer is ended by what the compressor does; an error of the source breaks it off.
  return pipeline(source, STREAMED[coding](), () => undefined);
}

/** What is answered from one Buffer again and again is packed once. */
class PackedBuffers {
  private readonly codings = new WeakMap<Buffer, Map<Coding, Promise<Buffer>>>();

  of(bytes: Buffer, coding: Coding): Promise<Buffer> {
    const known = this.codings.get(bytes) ?? new Map<Coding, Promise<Buffer>>();
    this.codings.set(bytes, known);
    const found = known.get(coding) ?? WHOLE[coding](bytes);
    known.set(coding, found);
    return found;
  }
}
