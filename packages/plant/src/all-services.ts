/** What the launcher and the process of all services agree on. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Node's compile cache: a restart need not strip types again, which takes 20 MB and a third of the start. */
export const COMPILED = join(ROOT, 'node_modules/.cache/compiled');
/** The name of the process of all services, and of its log. */
export const ALL_SERVICES = 'services';
/** The variable of that process with the variables of each service, as JSON. */
export const VARIABLES_OF_SERVICES = 'PLANTOPS_SERVICES';
/** Clients are disconnected before the services stop. */
export const FIRST_TO_STOP: ReadonlySet<string> = new Set(['simulator', 'gateway']);
