// Answers how files travel: down as an authorised blob with its name, up as multipart with progress.
import { locale } from '@/shared/i18n'
import { freshId } from '@/shared/lib/id'
import { asPerson, keyOver, send } from './fetch'
import { refusalOf } from './fileLimits'
import { Problem, problemOf } from './problem'

/** A file of some megabytes on a weak network. */
const COMES_WITHIN = 600_000
/** An upload may take as long as it moves; the server reads a long list for a while. */
const MOVES_WITHIN = 120_000

export interface Download {
  blob: Blob
  name: string
}

export async function fetchFile(path: string): Promise<Download> {
  const response = await send(new Request(new URL(path, location.origin)), { limit: COMES_WITHIN })
  if (!response.ok) throw await problemOf(response)
  return { blob: await response.blob(), name: nameOf(response, path) }
}

/** Fetches and hands the file to the browser's own download. */
export async function saveFile(path: string, name?: string): Promise<void> {
  const file = await fetchFile(path)
  const url = URL.createObjectURL(file.blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name ?? file.name
  link.click()
  // The browser has its own hold on the data once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export interface UploadOptions {
  /** What the server takes at most: a larger file does not travel, nor does an empty one. */
  mostMb: number
  fields?: Record<string, string | Blob>
  /** Kept by the caller across retries of the same file. */
  key?: string
  /** The version of what the file goes to, as it was on the screen. */
  ifMatch?: string
  onProgress?: (fraction: number) => void
  signal?: AbortSignal
}

/** Multipart POST: the file is the part `file`, beside it the fields. Answers with the parsed JSON. */
export async function uploadFile<Result>(path: string, file: File, options: UploadOptions): Promise<Result> {
  const refusal = refusalOf(file, options.mostMb)
  if (refusal) throw refusal
  const key = keyOver(options.key ?? freshId(), options.ifMatch)
  return resultOf<Result>(
    await asPerson(undefined, (bearer) => post(path, file, { ...options, key }, bearer)),
  )
}

/** XMLHttpRequest, because `fetch` cannot tell how much of a body has left. */
function post(
  path: string,
  file: File,
  options: UploadOptions & { key: string },
  bearer: string | undefined,
): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(options.fields ?? {})) body.append(name, value)
  body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    // Given up while the session was renewed, or before there was one.
    if (options.signal?.aborted) return reject(Problem.network())
    let timer: ReturnType<typeof setTimeout> | undefined
    const request = new XMLHttpRequest()
    const moves = () => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), MOVES_WITHIN)
    }
    request.open('POST', path)
    request.setRequestHeader('Accept-Language', locale.value)
    request.setRequestHeader('Idempotency-Key', options.key)
    if (options.ifMatch) request.setRequestHeader('If-Match', options.ifMatch)
    if (bearer) request.setRequestHeader('Authorization', bearer)
    request.upload.onprogress = (event) => {
      moves()
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    }
    request.onload = () => {
      const hasBody = request.status !== 204 && request.status !== 304
      resolve(new Response(hasBody ? request.responseText : null, { status: request.status }))
    }
    request.onerror = () => reject(Problem.network())
    request.onabort = () => reject(Problem.network())
    request.onloadend = () => clearTimeout(timer)
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    moves()
    request.send(body)
  })
}

async function resultOf<Result>(response: Response): Promise<Result> {
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? undefined : await response.json()) as Result
}

function nameOf(response: Response, path: string): string {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  return plain ?? path.split('?')[0]?.split('/').pop() ?? 'file'
}
