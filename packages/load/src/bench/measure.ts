/** The median and the worst of some runs, in milliseconds, after some runs for warm-up. */
export type Timing = { readonly median: number; readonly worst: number };

export async function measure(work: () => Promise<unknown>, { warmUp = 5, runs = 25 } = {}): Promise<Timing> {
  for (let run = 0; run < warmUp; run += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] as number, worst: times.at(-1) as number };
}

export const ms = (time: number): string => time.toFixed(1).padStart(7);
