import { expect, test } from 'vitest'
import { answers, showPage, wang } from '@/shared/testing/page'
import VideoList from './VideoList.vue'

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
