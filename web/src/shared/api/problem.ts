// Answers what went wrong, in one shape: the server's problem document, or one of our own when no answer came.

export interface FieldProblem {
  /** JSON pointer into the request body, for example `/weeks/0/title`. */
  pointer: string
  code: string
  detail: string
}

/** A problem as the server writes it down. */
export interface ProblemDocument {
  type?: string
  title?: string
  status?: number
  code?: string
  detail?: string
  request_id?: string
  errors?: readonly FieldProblem[]
  /** What else the code's own pages need to know. */
  extra?: Readonly<Record<string, unknown>>
}

/** Every failed call of the API throws one of these and nothing else. */
export class Problem extends Error {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string | undefined
  readonly errors: readonly FieldProblem[]
  /** The answer that this one says less of: it is no other problem. */
  whole?: Problem

  constructor(readonly document: ProblemDocument) {
    super(document.code ?? 'client.unexpected')
    this.name = 'Problem'
    this.type = document.type ?? 'about:blank'
    this.title = document.title ?? ''
    this.status = document.status ?? 0
    this.code = document.code ?? 'client.unexpected'
    this.detail = document.detail ?? ''
    this.requestId = document.request_id
    this.errors = document.errors ?? []
  }

  /** Nobody answered: no network, or the server is away. */
  static network(): Problem {
    return new Problem({ code: 'client.network' })
  }

  static from(cause: unknown): Problem {
    if (cause instanceof Problem) return cause
    // `fetch` says "no answer" with a TypeError; an abort is somebody leaving, and reads like one.
    if (cause instanceof TypeError || isAbort(cause)) return Problem.network()
    return new Problem({ code: 'client.unexpected' })
  }

  /** Somebody else has signed in: this page's person sends nothing in their name. */
  get isOtherPerson(): boolean {
    return this.code === 'client.other_person'
  }

  /** Somebody else, or the same person elsewhere, has changed it since it was read. */
  get isConflict(): boolean {
    return this.code === 'edit.conflict'
  }

  get isNetwork(): boolean {
    return this.code === 'client.network'
  }

  /** Not this person's to read, or not there any more. */
  get isRefusal(): boolean {
    return [401, 403, 404, 410].includes(this.status)
  }

  /** What it is about is not as it was shown: not this person's any more, not there, in another state. */
  get isStale(): boolean {
    return [403, 404, 409, 410, 412].includes(this.status)
  }

  /** The same request may succeed later, unchanged. */
  get mayPass(): boolean {
    return this.isNetwork || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/** Reads the body of an unsuccessful answer; a proxy's HTML page becomes an unexpected problem with its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const status = response.status
  try {
    const document = (await response.clone().json()) as ProblemDocument
    return new Problem({ ...document, status })
  } catch {
    return new Problem({ status, request_id: response.headers.get('x-request-id') ?? undefined })
  }
}

function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}
