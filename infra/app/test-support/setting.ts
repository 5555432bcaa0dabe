const asked = process.env['E2E_SETTING'] ?? 'embedded';
if (asked !== 'embedded' && asked !== 'distributed')
  throw new Error(`E2E_SETTING is embedded or distributed, not ${asked}`);

/** Whether the engines of end-to-end specs work on servers, by `E2E_SETTING=distributed`, or on files. */
export const onServers = asked === 'distributed';

/** What speaks of files in the data directory: left out on servers, and the reason is printed. */
export function embeddedOnly(reason: string): { readonly describe: jest.Describe; readonly it: jest.It } {
  if (!onServers) return { describe, it };
  process.stderr.write(`\nNOT TESTED on servers: ${reason}\n`);
  return { describe: describe.skip, it: it.skip };
}
