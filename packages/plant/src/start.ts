/** `pnpm start`: runs a whole plant until Ctrl-C. */
import { openAddressOf } from './gateway-address.ts';
import { Plant } from './plant.ts';
import { readSettings } from './settings.ts';

const began = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);
function fail(error: unknown) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

try {
  const settings = readSettings(process.env);
  const plant = new Plant(settings, say);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= plant.stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping === undefined) say('stopping …');
      void stop()
        .catch(fail)
        .finally(() => process.exit());
    });
  }
  try {
    const ready = await plant.start();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const open = openAddressOf(settings);
    say(`PlantOps is running (ready after ${seconds} s; Ctrl-C stops it)
  REST     ${ready.gateway_url}/api/v1/plant-ops/overview${open === undefined ? '' : `\n  open     other machines may call ${open}, without TLS (docs/deploying.md)`}
  try it   ${ready.gateway_url}/docs
  NATS     ${ready.nats_url}
  tokens   ${settings.PLANTOPS_DATA_DIR}/ready.json, or: pnpm run token --tenant akron --role viewer
  tenants  ${Object.keys(ready.tenants).join(', ')}`);
  } catch (error) {
    if (stopping === undefined) fail(error);
    await stop();
    process.exit();
  }
} catch (error) {
  fail(error);
}
