/** Answers of the typed client. */
export const BASE = '/api/v1/plant-ops';

/** The data of an answer. Throws the problem of a refusal. */
export async function dataOf<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}
