import { expect, test, vi } from 'vitest'
import { fetchFile } from './files'

function answer(headers: Record<string, string>, status = 200) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('bytes', { status, headers })))
}

test.each([
  [{ 'content-disposition': "attachment; filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx" }, '花名册.xlsx'],
  [{ 'content-disposition': 'attachment; filename="roster.xlsx"' }, 'roster.xlsx'],
  [{}, 'template'],
])('a download with %o is called %s', async (headers, name) => {
  answer(headers as Record<string, string>)
  const file = await fetchFile('/api/v1/people/template?lang=zh')
  expect(file.name).toBe(name)
  expect(await file.blob.text()).toBe('bytes')
})

test('a refused download is a problem, not a broken file', async () => {
  answer({}, 404)
  await expect(fetchFile('/api/v1/people/template')).rejects.toMatchObject({ status: 404 })
})
