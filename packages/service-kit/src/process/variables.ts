/** Shapes of variables. Each says what is wrong and what to write instead. */
import { z } from 'zod';

const DECIMAL = /^\d{1,9}(\.\d{1,9})?$/;
const number = (isFine: (value: number, text: string) => boolean, rule: string) =>
  z
    .string()
    .refine((text) => DECIMAL.test(text) && isFine(Number(text), text), rule)
    .transform(Number);

/** A decimal number from `least` to `most`. */
export const decimal = (least: number, most: number) =>
  number((value) => value >= least && value <= most, `must be a number from ${least} to ${most}`);

/** A TCP port; 0, where it is allowed, is any free one. */
export const port = (least: 0 | 1 = 1) =>
  number(
    (value, text) => value >= least && value <= 65_535 && /^\d+$/.test(text),
    `must be a port: a whole number from ${least} to 65535`,
  );

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const logLevel = z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info');
export const isLogLevel = (text: string): boolean => LOG_LEVELS.some((level) => level === text);

export const flag = z.enum(['on', 'off'], 'must be "on" or "off"');

/** The URL of a PostgreSQL server or of one of its databases. */
export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: ({ input }) =>
    orUnset(input, 'must be the URL of a PostgreSQL server: postgres://user:password@host:5432/database'),
});

const NATS_RULE = 'must be the URL of a NATS server: nats://user:password@host:4222';
const isNatsUrl = (text: string): boolean => URL.canParse(text) && /^(nats|tls):$/.test(new URL(text).protocol);
export const natsUrl = z.string().refine(isNatsUrl, NATS_RULE);
/** The URLs of the servers of a cluster, separated by commas. */
export const natsUrls = z.string().refine((text) => text.split(',').every((one) => isNatsUrl(one.trim())), NATS_RULE);

/** The URL of something that is asked over HTTP. */
export const httpUrl = (what: string) =>
  z.url({
    protocol: /^https?$/,
    error: ({ input }) => orUnset(input, `must be the URL of ${what}: https://…`),
  });

const MOST_ORIGINS = 20;
const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
/** The origins of web pages, separated by commas. Each stands for itself: there are no patterns. */
export const webOrigins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (origins) => origins.length <= MOST_ORIGINS && origins.every(isOrigin),
    `must be at most ${MOST_ORIGINS} origins without a path or pattern, separated by commas: https://app.example.com`,
  );

/** What zod says of a variable that is not set is about its type. */
const orUnset = (input: unknown, rule: string): string => (input === undefined ? UNSET : rule);
export const UNSET = 'is not set';
