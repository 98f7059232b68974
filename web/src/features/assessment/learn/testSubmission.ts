// A server of one assignment and its page, as specs of its learner's page need them.
import type { VueWrapper } from '@vue/test-utils'
import { expect } from 'vitest'
import { all, deviceDb } from '@/shared/outbox/db'
import { tokens } from '@/shared/session/token'
import { reply, settle, showPage, wang } from '@/shared/testing/page'
import AssignmentPage from './AssignmentPage.vue'

export const PUT = 'PUT /api/v1/tasks/tsk_1/submission'
export const HAND_IN = 'POST /api/v1/tasks/tsk_1/submission/hand-in'
export const conflict = () => reply(412, { code: 'edit.conflict', title: '请刷新后再保存' })

export interface Sent {
  text: string
  based_on: number
  files: string[]
}

export const fileOf = (id: string) => ({ id, name: `${id}.pdf`, bytes: 9, url: `/blob/${id}` })

/** A server that counts the versions of one text, as ours does. */
export function server() {
  const held = {
    draft: '',
    version: 0,
    body: null as string | null,
    state: 'draft',
    draft_file: null as ReturnType<typeof fileOf> | null,
    file_version: 0,
    file: null as ReturnType<typeof fileOf> | null,
  }
  const work = () => ({
    id: 'sub_1',
    ...held,
    saved_at: '2026-11-20T10:00:00Z',
    submitted_at: held.body === null ? null : '2026-11-20T10:00:00Z',
    has_changes: held.body !== null && held.body !== held.draft,
    hand_ins_left: 20,
  })
  const page = () => ({
    task_id: 'tsk_1',
    class_id: 'cls_1',
    title: '一节课的设计',
    title_en: '',
    week: 3,
    brief_html: '',
    rubric: { criteria: [] },
    work: held.version === 0 ? null : work(),
    open: {
      late: false,
      ends_at: '2026-11-24T16:00:00Z',
      time_zone: 'Asia/Shanghai',
      least_chars: 0,
      most_chars: 0,
    },
    closed: null,
    reviews: [],
  })
  function write({ text, based_on }: Sent): boolean {
    if (based_on !== held.version && text !== held.draft) return false
    if (text !== held.draft) Object.assign(held, { draft: text, version: held.version + 1 })
    return true
  }
  const reading: Record<string, unknown> = { 'GET /api/v1/tasks/tsk_1/submission': page }
  const table = {
    ...reading,
    [PUT]: async (request: Request) => (write((await request.json()) as Sent) ? work() : conflict()),
    [HAND_IN]: async (request: Request) => {
      const body = (await request.json()) as Sent
      if (body.files.join() !== (held.draft_file ? [held.draft_file.id] : []).join())
        return reply(409, { code: 'submission.files_changed', title: '附件和您看到的不一样，这次没有提交。' })
      if (!write(body)) return conflict()
      const { draft_file: file } = held
      Object.assign(held, { body: body.text, file, state: 'submitted', version: held.version + 1 })
      return work()
    },
  }
  return { held, table, reading, work, page }
}

/** Nothing is kept on the device, and somebody is signed in. */
export async function beginAnew() {
  for (const store of ['outbox', 'drafts', 'kept'] as const) await (await deviceDb()).clear(store)
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
}

export async function open(): Promise<VueWrapper> {
  const page = await showPage(AssignmentPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.find('textarea').exists()).toBe(true)
  await settle()
  return page
}

export const field = (page: VueWrapper) => page.get('textarea').element
export const submit = (page: VueWrapper) => page.get('form').trigger('submit')
export const waiting = () => all('outbox', wang.person.id)
