/** A service with a database: opens everything that each of them needs, and closes it in reverse order. */
import {
  allEvents,
  deadLettersOf,
  historyOf,
  missingEventsOf,
  rejections,
  rejectionsOf,
  topology,
  waitingOf,
  type ServiceName,
} from '@plantops/contracts';
import {
  analyzeGrown,
  Database,
  deadLetters,
  discardWaiting,
  expireWaiting,
  waitingLineEvents,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listMissingEvents,
  listRejections,
  listWaiting,
  receiveLineEvents,
  releaseAll,
  releaseOne,
  replayDeadLetter,
  sendMissing,
  startRelay,
  startReleasing,
  type LineEventHandler,
  type Tables,
  Unanswered,
} from '@plantops/persistence';
import {
  answer,
  askMissing,
  Bus,
  every,
  namingVariable,
  type Answer,
  type Clock,
  type DataConfig,
  type Handle,
  type Handlers,
  type Lifetime,
  type Logger,
  type Start,
} from '@plantops/service-kit';
import { reactionsTo, type Reaction } from './on.ts';
import type { UseCase } from './use-case.ts';
import type { Base } from './work.ts';

const TWO_SECONDS_MS = 2_000;
const FIVE_MINUTES_MS = 300_000;
const AN_HOUR_MS = 3_600_000;

/** Work that a service repeats. */
export type Job<D> = { readonly name: string; readonly everyMs: number; readonly run: (deps: D) => Promise<unknown> };

export type DataService<D extends Base> = {
  readonly tables: Tables;
  /** The dependencies of the use cases, besides the database and the clock. */
  readonly deps: (base: Base & { readonly bus: Bus }) => D;
  readonly operations: readonly UseCase<D>[];
  /** Applies the line events of the kinds that this service owns. */
  readonly lineEvents?: LineEventHandler;
  /** Consumes the streams of readings. */
  readonly readings?: (deps: D) => Handle;
  /** The reactions to the events that the service consumes according to `topology`. */
  readonly reactions?: readonly Reaction<D>[];
  readonly jobs?: readonly Job<D>[];
};
export type Running<D> = { readonly deps: D; readonly bus: Bus; readonly ready: () => boolean };

/** Returns the start of such a service, for `run`. */
export function dataService<D extends Base>(name: ServiceName, service: DataService<D>): Start<DataConfig> {
  return (config, lifetime, logger, now) => startDataService(name, service, config, { lifetime, logger, now });
}

/** Starts such a service, for a service that opens further resources too. */
export async function startDataService<D extends Base>(
  name: ServiceName,
  service: DataService<D>,
  config: DataConfig,
  { lifetime, logger, now }: { readonly lifetime: Lifetime; readonly logger: Logger; readonly now: Clock },
): Promise<Running<D>> {
  const database = await Database.open({
    url: config.PLANTOPS_DATABASE_URL,
    ownerUrl: config.PLANTOPS_DATABASE_OWNER_URL,
    ...service.tables,
    log: logger,
  }).catch(namingVariable('PLANTOPS_DATABASE_URL', 'PostgreSQL', config.PLANTOPS_DATABASE_URL));
  lifetime.defer('database', () => database.close());
  const bus = await Bus.connect(name, config.PLANTOPS_NATS_URL, logger);
  lifetime.defer('bus', () => bus.close());
  const deps = service.deps({ database, bus, now });
  const handlers = handlersOf(name, service, deps);

  if (announces(name)) lifetime.defer('relay', startRelay(database, bus));
  const { lineEvents } = service;
  const answers = [
    ...service.operations.map((bind) => bind(deps)),
    ...answersOfEach(name, { database, bus, handlers, lineEvents, now }),
  ];
  lifetime.defer('answers', await bus.serve(name, answers, database.presence));
  if (listens(name)) lifetime.defer('consumers', bus.consume(name, handlers, deadLetters(database)));
  if (lineEvents) lifetime.defer('releasing', startReleasing(database, lineEvents, now));

  const housekeeping: Job<D>[] = [
    { name: 'statistics', everyMs: TWO_SECONDS_MS, run: () => analyzeGrown(database) },
    { name: 'idempotency keys', everyMs: AN_HOUR_MS, run: () => forgetKeys(database) },
  ];
  if (lineEvents)
    housekeeping.push({
      name: 'waiting line events',
      everyMs: AN_HOUR_MS,
      run: () => expireWaiting(database, waitingLineEvents(lineEvents), now()),
    });
  const unanswered = new Unanswered();
  if (announces(name))
    housekeeping.push({
      name: 'anti-entropy',
      everyMs: FIVE_MINUTES_MS,
      run: () => sendMissing(database, name, askMissing(bus, name), unanswered),
    });
  for (const job of [...housekeeping, ...(service.jobs ?? [])])
    lifetime.defer(
      job.name,
      every(job.everyMs, logger, () => job.run(deps)),
    );
  return { deps, bus, ready: () => bus.connected && database.presence.isThere };
}

const announces = (name: ServiceName): boolean => allEvents.some(({ service }) => service === name);
const listens = (name: ServiceName): boolean => topology[name].listens.length > 0;

/** One handler for each kind of stream that the service listens to. */
function handlersOf<D extends Base>(
  name: ServiceName,
  { lineEvents, readings, reactions = [] }: DataService<D>,
  deps: D,
): Handlers {
  const all: Required<Handlers> = {
    ingest: (messages) => receiveLineEvents(deps.database, required(lineEvents, 'lineEvents'), messages, deps.now()),
    readings: readings === undefined ? missing('readings') : readings(deps),
    master: reactionsTo(name, 'master', reactions, deps),
    events: reactionsTo(name, 'events', reactions, deps),
  };
  return Object.fromEntries(topology[name].listens.map((kind) => [kind, all[kind]]));
}

const missing = (what: string) => () =>
  Promise.reject(new Error(`this service listens to a stream, but has no ${what}`));
function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this service listens to a stream, but has no ${what}`);
  return value;
}

type Opened = {
  readonly database: Database;
  readonly bus: Bus;
  readonly handlers: Handlers;
  readonly lineEvents: LineEventHandler | undefined;
  readonly now: Clock;
};
/** The operations that every service answers: dead letters, missing events, history, what waits. */
function answersOfEach(name: ServiceName, { database, bus, handlers, lineEvents, now }: Opened): Answer[] {
  const answers: Answer[] = [];
  if (announces(name)) answers.push(answer(historyOf(name), listHistory(database)));
  if (listens(name)) {
    const { list, replay } = deadLettersOf(name);
    answers.push(
      answer(list, listDeadLetters(database, name)),
      answer(replay, replayDeadLetter(database, name, handlers)),
      answer(
        missingEventsOf(name),
        listMissingEvents(database, (tenant) => bus.backlogOf(name, tenant)),
      ),
    );
  }
  if (rejections.has(name)) answers.push(answer(rejectionsOf(name), listRejections(database, name)));
  if (lineEvents) {
    const { list, release, releaseAll: releaseMatching, discard } = waitingOf(name);
    answers.push(
      answer(list, listWaiting(database, name)),
      answer(release, releaseOne(database, lineEvents, now)),
      answer(releaseMatching, releaseAll(database, lineEvents, now)),
      answer(discard, discardWaiting(database, name, now)),
    );
  }
  return answers;
}
