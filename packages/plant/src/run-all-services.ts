/** Runs all services of a plant in this process, with `PLANTOPS_PROCESSES=one`. */
import { join } from 'node:path';
import { runTogether, type Common, type Hosted, type Start } from '@plantops/service-kit';
import { ALL_SERVICES, FIRST_TO_STOP, ROOT, VARIABLES_OF_SERVICES } from './all-services.ts';

/** Loads a service. It reads these variables, and not those of the process. */
async function load([name, env]: readonly [string, NodeJS.ProcessEnv]): Promise<Hosted> {
  const source = join(ROOT, 'services', name, 'src');
  const [{ start }, { readConfig }] = (await Promise.all([
    import(join(source, 'service.ts')),
    import(join(source, 'config.ts')),
  ])) as [{ start: Start<Common> }, Pick<Hosted, 'readConfig'>];
  return { name, start, readConfig, env };
}

const variables = JSON.parse(String(process.env[VARIABLES_OF_SERVICES])) as Record<string, NodeJS.ProcessEnv>;
const services = await Promise.all(Object.entries(variables).map(load));
const isFirstToStop = ({ name }: Hosted) => FIRST_TO_STOP.has(name);
await runTogether(ALL_SERVICES, [services.filter((one) => !isFirstToStop(one)), services.filter(isFirstToStop)]);
