/** Every refusal PlantOps can give, in one table (RFC 9457). The code is stable; the title is for people. */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  unauthenticated: { status: 401, title: 'Who are you?' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This resource does not offer that method' },
  illegal_transition: { status: 409, title: 'Not possible in this state' },
  already_exists: { status: 409, title: 'It exists already' },
  overlap: { status: 409, title: 'It overlaps another one' },
  in_progress: { status: 409, title: 'The same request is being worked on' },
  stale_version: { status: 412, title: 'It has changed since you read it' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Send JSON' },
  invalid: { status: 422, title: 'The request does not fit' },
  key_reused: { status: 422, title: 'This Idempotency-Key came before with another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something broke on our side' },
  service_unavailable: { status: 503, title: 'A part of PlantOps is away' },
  outcome_unknown: { status: 504, title: 'No answer in time; it may or may not have happened' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
/** One field at fault: where it is, as a dotted path, and what to do about it. */
export type FieldError = Readonly<{ path: string; message: string }>;

/** The body of `application/problem+json`. */
export type ProblemDocument = Readonly<{
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  errors: readonly FieldError[];
  trace_id?: string;
}>;

/** A refusal on its way to the caller. Rules and use cases throw it; the rim turns it into a document. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }

  /** The problem of one field that does not fit. */
  static field(path: string, message: string): Problem {
    return new Problem('invalid', `${path}: ${message}`, [{ path, message }]);
  }

  toDocument(traceId?: string): ProblemDocument {
    const { status, title } = problems[this.code];
    const document = {
      type: `urn:plantops:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      errors: this.errors,
    };
    return traceId === undefined ? document : { ...document, trace_id: traceId };
  }
}
