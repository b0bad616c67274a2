import { run } from '@plantops/service-kit';
import { readConfig } from './config.ts';
import { start } from './service.ts';

await run('connect', start, readConfig);
