/** The floor's streams, and the statement that stores a chunk of the messages of each: `[{subject, body}]` as JSON. */
export type StreamName = keyof typeof STREAMS;

const messages = 'jsonb_to_recordset($1::jsonb) as m(subject text, body jsonb)';

export const STREAMS = {
  FLOOR_ENDED: {
    subjects: 'floor.events.>',
    store: `
      insert into leak (stop_id, minutes, amount)
      select (body->>'id')::uuid, (body->>'duration_minutes')::numeric, (body->>'duration_minutes')::numeric * 5
      from ${messages}
      on conflict do nothing`,
  },
  FLOOR_INGEST: {
    subjects: 'floor.ingest.>',
    store: `
      insert into line_event (id, subject, body)
      select body->>'id', subject, body
      from ${messages}
      on conflict do nothing`,
  },
  FLOOR_READINGS: {
    subjects: 'floor.readings.>',
    store: `
      insert into reading (sensor, at, value)
      select subject, (body->>'at')::timestamptz, (body->>'value')::float8
      from ${messages}
      on conflict do nothing`,
  },
} as const;

export const SCHEMA = `
  create table stop (
    id uuid primary key default uuidv7(),
    line_id uuid not null,
    start_time timestamptz not null,
    end_time timestamptz,
    duration_minutes numeric(24,6),
    status text not null default 'open',
    reason_category text not null,
    reason_code text,
    description text,
    is_planned boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index stop_line on stop (line_id, start_time);
  create table leak (
    stop_id uuid primary key,
    minutes numeric(24,6) not null,
    amount numeric(30,4) not null,
    recorded_at timestamptz not null default clock_timestamp()
  );
  create table line_event (
    id text primary key,
    subject text not null,
    body jsonb not null
  );
  create table reading (
    sensor text not null,
    at timestamptz not null,
    value double precision not null,
    primary key (sensor, at)
  );`;
