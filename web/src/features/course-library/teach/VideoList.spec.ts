import { expect, test, vi } from 'vitest'
import { Problem } from '@/shared/api/problem'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import VideoList from './VideoList.vue'

const upload = vi.hoisted(() => vi.fn<(...sent: unknown[]) => Promise<unknown>>())
vi.mock('@/shared/api/files', async (original) => ({
  ...(await original<object>()),
  uploadFile: upload,
}))

const video = {
  id: 'vid_1',
  title: '四十分钟怎样分',
  seconds: 78,
  bytes: 827_000,
  width: 640,
  height: 360,
  has_poster: true,
  has_subtitles: true,
  is_withdrawn: false,
  version: 1,
  uploaded_at: '2026-11-01T00:00:00Z',
}
const held = (role: 'assistant' | 'expert') => ({
  ...wang,
  grants: [{ id: 'gra_1', role, scope_kind: 'training' as const, scope_id: 'trn_1', scope_name: null }],
})

test.each([
  ['assistant', ['播放']],
  ['expert', ['上传微视频', '播放', '字幕和封面', '撤下']],
] as const)('an %s finds what the server will let them do', async (role, names) => {
  answers({ 'GET /api/v1/trainings/trn_1/micro-videos': { items: [video], next: null } })
  const page = await showPage(VideoList, { props: { trainingId: 'trn_1' }, me: held(role) })
  expect(page.text()).toContain('四十分钟怎样分')
  const buttons = page.findAll('button').map((button) => button.text())
  expect(buttons.filter((text) => text !== '')).toEqual(names)
})

test('when the training is over the videos are only looked at', async () => {
  answers({
    'GET /api/v1/trainings': { items: [{ id: 'trn_1', title: '复式教学', state: 'closed' }], next: null },
    'GET /api/v1/trainings/trn_1/micro-videos': { items: [video], next: null },
  })
  const page = await showPage(VideoList, { props: { trainingId: 'trn_1' }, me: held('expert') })
  const buttons = page.findAll('button').map((button) => button.text())
  expect(buttons.filter((text) => text !== '')).toEqual(['播放'])
})

test('subtitles and poster go over what was seen, and over nothing that came meanwhile', async () => {
  answers({ 'GET /api/v1/trainings/trn_1/micro-videos': { items: [video], next: null } })
  const page = await showPage(VideoList, { props: { trainingId: 'trn_1' }, me: held('expert') })
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((button) => button.text() === text)
      ?.trigger('click')
    await settle()
  }
  await press('字幕和封面')
  const [subtitles, poster] = page.findAll('form input[type="file"]')
  for (const [input, name] of [
    [subtitles, 'a.vtt'],
    [poster, 'a.jpg'],
  ] as const) {
    const files = [new File(['x'], name)]
    if (input) Object.defineProperty(input.element, 'files', { value: files, configurable: true })
    await input?.trigger('change')
  }
  upload.mockResolvedValueOnce({ ...video, version: 2 })
  upload.mockRejectedValueOnce(new Problem({ status: 412, code: 'edit.conflict', title: '别人刚刚改过这里' }))
  await page.get('form').trigger('submit')
  await settle()
  const sent = upload.mock.calls.map(([path, , options]) => [path, (options as { ifMatch: string }).ifMatch])
  expect(sent).toEqual([
    ['/api/v1/micro-videos/vid_1/subtitles', '"v1"'],
    ['/api/v1/micro-videos/vid_1/poster', '"v2"'],
  ])
  expect(page.get('form [role=alert]').text()).toContain('别人刚刚改过这里')
})
