/** Sends requests to a plant and collects the faults in its answers. */
import { randomUUID } from 'node:crypto';
import { AUDIENCE, ISSUER } from '@plantops/operations';
import { SignJWT } from 'jose';
import { bodyOf, type Answered, type Asker } from '../asking/asker.ts';
import { isWrite, titleOf, type Input, type Request } from '../asking/endpoints.ts';
import type { Versions } from '../asking/versions.ts';
import type { Recipe } from './recipes.ts';
import { readBy, requestFor, resolved } from './requests.ts';
import type { RowPool } from './row-pool.ts';
import { faultOf } from './verdicts.ts';

export type Plant = {
  readonly askers: readonly [Asker, Asker];
  readonly secret: string;
  readonly own: RowPool;
  readonly other: RowPool;
  readonly versions: Versions;
  /** The documented statuses, by endpoint. */
  readonly documented: ReadonlyMap<string, ReadonlySet<string>>;
};
export type Fault = {
  readonly endpoint: string;
  readonly fault: string;
  readonly request: Request;
  readonly answered: Answered;
};

const LONG_AGO = 999_999;

export class Fuzzer {
  readonly faults: Fault[] = [];
  /** The actors of refused requests: no row may have their names. */
  readonly refused = new Map<string, Fault>();
  readonly statuses = new Map<number, number>();
  /** The number of readings that answers reported as stored. */
  readings = 0;
  /** Ids of the other tenant that requests have put into texts, so that answers may contain them. */
  readonly #planted = new Set<string>();
  readonly #plant: Plant;
  #sent = 0;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  async run(recipe: Recipe): Promise<void> {
    const { own, other, versions } = this.#plant;
    const input = resolved(recipe.fields, own, other) as Input;
    const version = { current: versions.of(recipe.route, input), stale: LONG_AGO, none: undefined }[recipe.version];
    const request = requestFor(recipe, input);
    const headers = { ...request.headers, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) };
    if (recipe.writers === 'one twice') {
      const [who, key] = [this.#newActor(), randomUUID()];
      const keyed = { ...request, headers: { ...headers, 'idempotency-key': key } };
      const answers = await Promise.all([0, 1].map((copy) => this.#send(recipe, input, keyed, who, copy)));
      this.#checkOnce(recipe, keyed, answers, who);
    } else {
      const asked = { ...request, headers };
      const answers = await Promise.all(
        Array.from({ length: recipe.writers }, () => this.#send(recipe, input, asked, this.#newActor())),
      );
      this.#checkTogether(recipe, asked, answers, version);
    }
  }

  /** A unique actor for every request, so that its effects can be recognized. */
  #newActor(): string {
    this.#sent += 1;
    return `fuzz-${this.#sent}`;
  }

  async #send(recipe: Recipe, input: Input, request: Request, actor: string, copy = this.#sent % 2): Promise<Answered> {
    const { askers, secret, own, other, versions, documented } = this.#plant;
    const endpoint = titleOf(recipe.route);
    const answered = await (askers[copy] as Asker).send(request, { token: await tokenOf(secret, actor, recipe.role) });
    this.statuses.set(answered.status, (this.statuses.get(answered.status) ?? 0) + 1);
    const sent = { recipe, input, read: readBy(recipe.route, recipe, input), planted: this.#planted };
    const fault = faultOf(answered, sent, other, documented.get(endpoint) ?? new Set());
    if (fault !== undefined) this.faults.push({ endpoint, fault, request, answered });
    if (!isWrite(recipe.route)) own.learn(recipe.route, answered.status === 200 ? bodyOf(answered) : undefined);
    else if (answered.status >= 400)
      this.refused.set(actor, { endpoint, fault: 'refused, but it left a row', request, answered });
    else {
      const body = bodyOf(answered);
      this.refused.delete(actor);
      for (const id of other.all()) if (request.body?.includes(id) || request.path.includes(id)) this.#planted.add(id);
      own.learn(recipe.route, body);
      versions.learn(body);
      this.readings += (body as { stored?: number }).stored ?? 0;
    }
    return answered;
  }

  /** Of several writes with the same version, at most one may change the row. */
  #checkTogether(recipe: Recipe, request: Request, answers: readonly Answered[], version: number | undefined): void {
    if (version === undefined || !recipe.route.operation.problems.includes('stale_version')) return;
    const changed = answers.filter(
      (answered) => answered.status < 300 && (bodyOf(answered) as { version?: number }).version !== version,
    );
    if (changed.length > 1) this.#note(recipe, 'several writes changed the same version', request, changed);
  }

  /** Two requests with one key take effect once and get equal answers, or the second gets `in_progress`. */
  #checkOnce(recipe: Recipe, request: Request, answers: readonly Answered[], actor: string): void {
    const [one, two] = answers.map(({ status, text }) => ({
      status,
      text: text.replace(/,"trace_id":"\w+"/, '').replace(/"key":("[^"]+"|null)/, ''),
    }));
    const codes = answers.map((answered) => (bodyOf(answered) as { code?: string } | undefined)?.code);
    if (answers.some(({ status }) => status < 400)) this.refused.delete(actor);
    if (!codes.includes('in_progress') && (one?.status !== two?.status || one?.text !== two?.text))
      this.#note(recipe, 'two requests with one key got different answers', request, answers);
    // The second answer is the stored first one.
    if (answers.every(({ status }) => status < 300))
      this.readings -= (bodyOf(answers[0] as Answered) as { stored?: number }).stored ?? 0;
  }

  #note(recipe: Recipe, fault: string, request: Request, answers: readonly Answered[]): void {
    const text = answers.map((answered) => `${answered.status} ${answered.text}`).join('\n    and ');
    this.faults.push({
      endpoint: titleOf(recipe.route),
      fault,
      request,
      answered: { ...(answers[0] as Answered), text },
    });
  }
}

const tokenOf = (secret: string, actor: string, role: Recipe['role']): Promise<string> =>
  new SignJWT({ tenant_id: 'akron', roles: [role] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(actor)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
