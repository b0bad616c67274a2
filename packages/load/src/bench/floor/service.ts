/** The floor's service: a request over NATS becomes one prepared statement, whose JSON is the answer. */
import { connectNats, openDatabase, ready } from './process.ts';

const run = openDatabase();
const connection = await connectNats();
const jetstream = connection.jetstream();

type Stop = { line_id: string; start_time: string; reason_category: string };
type End = { end_time: string };

const START = `
  insert into stop as s (line_id, start_time, reason_category)
  values ($1, $2, $3)
  returning to_json(s) as json`;
const GET = 'select to_json(s) as json from stop s where id = $1';
const LIST = `
  select json_build_object('items', coalesce(json_agg(s), '[]')) as json
  from (select * from stop where line_id = $1 order by start_time desc limit 50) s`;
const END = `
  update stop as s
  set end_time = $2, status = 'ended', updated_at = now(),
    duration_minutes = extract(epoch from $2::timestamptz - start_time) / 60
  where id = $1 and end_time is null
  returning to_json(s) as json`;

type Answer = (argument: string, body: string) => Promise<string>;
const answers: Record<string, Answer> = {
  async start(_, body) {
    const { line_id, start_time, reason_category } = JSON.parse(body) as Stop;
    return `201${await first('start', START, [line_id, start_time, reason_category])}`;
  },
  get: async (id) => found(await first('get', GET, [id])),
  list: async (line) => found(await first('list', LIST, [line])),
  async end(id, body) {
    const json = await first('end', END, [id, (JSON.parse(body) as End).end_time]);
    // Published after the commit: a crash between the two loses the event.
    if (json !== undefined) await jetstream.publish('floor.events.ended', json, { msgID: id });
    return found(json);
  },
};
const first = async (name: string, text: string, values: readonly unknown[]): Promise<string | undefined> =>
  (await run(name, text, values)).rows[0]?.json;
const found = (json: string | undefined): string => (json === undefined ? '404{}' : `200${json}`);

for (const [operation, answer] of Object.entries(answers))
  connection.subscribe(`floor.request.${operation}`, {
    queue: 'service',
    callback: (_, message) => {
      const text = message.string();
      const end = text.indexOf('\n');
      answer(text.slice(0, end), text.slice(end + 1)).then(
        (bytes) => message.respond(bytes),
        (error: unknown) => message.respond(`500${JSON.stringify({ error: String(error) })}`),
      );
    },
  });
await connection.flush();
ready();
