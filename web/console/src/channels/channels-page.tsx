import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import type { Column } from '../../../shared/ui/index.js';
import { useStore } from '../../../shared/store.js';
import { api } from '../engine.js';
import { PagedList } from '../list/paged-list.js';
import { session } from '../session.js';

type Channel = Schema<'Channel'>;

/** More names than this are a number: the default channel takes every currency. */
const MOST_NAMES = 8;

const names = (all: readonly string[] | undefined, what: string): string => {
  if (all === undefined) return `any ${what}`;
  return all.length > MOST_NAMES ? `${all.length} of them` : all.join(', ');
};

const columns: Column<Channel>[] = [
  {
    id: 'name',
    header: 'Channel',
    cell: ({ row: { original: channel } }) => (
      <>
        <strong>{channel.name}</strong> <span className="mono soft small">{channel.code}</span>
      </>
    ),
  },
  {
    id: 'currencies',
    header: 'Currencies',
    cell: ({ row: { original: channel } }) => names(channel.currencies, 'currency'),
  },
  {
    id: 'countries',
    header: 'Ships to',
    cell: ({ row: { original: channel } }) => names(channel.countries, 'country'),
  },
  { id: 'locale', header: 'Language', cell: ({ row: { original: channel } }) => channel.locale },
  { id: 'zone', header: 'Time zone', cell: ({ row: { original: channel } }) => channel.timeZone },
];

const withActions: Column<Channel>[] = [
  ...columns,
  {
    id: '#actions',
    header: 'Actions',
    cell: ({ row: { original: channel } }) => (
      <Link href={`/channels/${encodeURIComponent(channel.code)}/edit`} aria-label={`Edit ${channel.name}`}>
        Edit
      </Link>
    ),
  },
];

/** Where the shop sells. */
export default function ChannelsPage() {
  const isAdmin = useStore(session)?.role === 'admin';
  return (
    <>
      <div className="page-head">
        <h1>Channels</h1>
        {isAdmin ? (
          <Link href="/channels-new" className="button">
            New channel
          </Link>
        ) : null}
      </div>
      <PagedList
        name="channels"
        caption="Channels"
        columns={isAdmin ? withActions : columns}
        rowId={({ code }) => code}
        empty="There is no channel."
        load={async (cursor, signal) => {
          const { data } = await api.GET('/v1/channels', { params: { query: cursor }, signal });
          return data;
        }}
      />
    </>
  );
}
