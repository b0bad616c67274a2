/** Every problem that PlantOps can answer with (RFC 9457). Programs rely on the code; the title is for people. */
export const problems = {
  malformed_json: { status: 400, title: 'Malformed JSON' },
  unauthenticated: { status: 401, title: 'Authentication required' },
  forbidden: { status: 403, title: 'Not allowed' },
  unknown_tenant: { status: 403, title: 'Unknown tenant' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  illegal_transition: { status: 409, title: 'Not possible in this state' },
  already_exists: { status: 409, title: 'Already exists' },
  overlap: { status: 409, title: 'Overlaps another row' },
  in_progress: { status: 409, title: 'Same request in progress' },
  stale_version: { status: 412, title: 'Row changed since it was read' },
  body_too_large: { status: 413, title: 'Body too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  invalid: { status: 422, title: 'Invalid request' },
  key_reused: { status: 422, title: 'Idempotency-Key used for another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  service_unavailable: { status: 503, title: 'Service unavailable' },
  outcome_unknown: { status: 504, title: 'No answer in time, outcome unknown' },
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

/**
 * A problem on its way to the caller. Rules and use cases throw it; the gateway and the bus turn it into a document.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }

  /** The problem of one field: `invalid`, with the path of the field and what to do about it. */
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
