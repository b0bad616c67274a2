/** `pnpm publish-events FILE.ndjson --tenant T` */
import { publishEvents } from './publish/publish-events.ts';

process.exitCode = await publishEvents(process.argv.slice(2), process);
