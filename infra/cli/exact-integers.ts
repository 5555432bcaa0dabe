const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/gs;

/** JSON, where whole numbers that a JavaScript number cannot keep come as text of their digits. */
export const parseExactly = (json: string): unknown =>
  JSON.parse(json.replace(STRING_OR_LONG_INTEGER, (token) => (isBeyond(token) ? `"${token}"` : token)));

const isBeyond = (token: string): boolean => !token.startsWith('"') && !Number.isSafeInteger(Number(token));
