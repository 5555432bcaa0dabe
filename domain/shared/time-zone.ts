// An offset such as `+01:00` is a zone to some engines, but it is none of IANA's: it knows no summer time.
const NAME = /^[A-Za-z]/;

/** Whether it is a time zone of the IANA database that this machine knows, such as `Europe/Berlin` or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The BCP 47 tag as it is usually written (`de-AT`); null where it is none, or of a language that this machine does not know. */
export function localeOf(tag: string): string | null {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0] ?? null;
  } catch {
    return null;
  }
}
