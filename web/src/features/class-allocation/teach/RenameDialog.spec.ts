import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import RenameDialog from './RenameDialog.vue'

test('a name that somebody else gave meanwhile stands beside the one that was typed', async () => {
  let stored = { id: 'cls_1', version: 5, name: '渭水班' }
  const made = answers({
    'GET /api/v1/classes/cls_1': () => stored,
    'PUT /api/v1/classes/cls_1': (request: Request) =>
      request.headers.get('If-Match') === '"v5"'
        ? (stored = { ...stored, version: 6, name: '陇上班' })
        : reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }),
  })
  const props = { classId: 'cls_1', name: '1班', version: 4, open: true }
  const page = await showPage(RenameDialog, { props })
  await page.get('input').setValue('陇上班')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('[role="alert"]').text()).toContain('渭水班')
  expect((page.get('input').element as HTMLInputElement).value).toBe('陇上班')
  const mine = page.findAll('button').find((button) => button.text() === '用我写的')
  await mine?.trigger('click')
  await page.get('form').trigger('submit')
  await settle()
  const sent = made.filter(({ method }) => method === 'PUT')
  expect(sent.map(({ headers }) => headers.get('If-Match'))).toEqual(['"v4"', '"v5"'])
  expect(stored.name).toBe('陇上班')
})
