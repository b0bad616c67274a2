/** Answers of the typed client. */
export const BASE = '/api/v1/plant-ops';

/** What was answered; a refusal fails with what it says. */
export const dataOf = async <T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> => {
  const { data, error } = await answer;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
};
