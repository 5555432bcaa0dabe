import { hash } from 'node:crypto';

const UUID_BYTES = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * An id that follows from another one and a name, so that doing it again makes the same: UUID version 5 (RFC 9562, 5.5).
 * `parent` is a UUID in lower case. Some thirty are made for each order, and the one-shot hash costs a third of what a
 * hash object does; hence no library.
 */
export function deriveId(parent: string, name: string): string {
  if (!UUID.test(parent)) throw new TypeError(`${parent} is no UUID in lower case`);
  const input = Buffer.allocUnsafe(UUID_BYTES + Buffer.byteLength(name));
  input.write(parent.replaceAll('-', ''), 'hex');
  input.write(name, UUID_BYTES, 'utf8');
  const digest = hash('sha1', input, 'hex');
  const variant = ((parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
