import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import MyInvitationsPage from './MyInvitationsPage.vue'

const invitation = {
  id: 'inv_1',
  training_id: 'trn_1',
  title: '复式教学',
  role: 'assistant',
  state: 'invited',
  version: 1,
  purpose: '有方法',
  subjects: [],
  starts_on: '2026-11-02',
  ends_on: '2026-11-22',
  weeks: 3,
  time_zone: 'Asia/Shanghai',
}

test.each(['accept', 'decline'] as const)(
  'who wants to %s what changed meanwhile sees it as it is now, and answers that',
  async (answer) => {
    let stored: object = invitation
    const made = answers({
      'GET /api/v1/my/staff-invitations': () => ({ items: [stored] }),
      [`POST /api/v1/staff-invitations/inv_1/${answer}`]: (request: Request) => {
        if (request.headers.get('If-Match') === '"v2"') return {}
        stored = { ...invitation, version: 2, purpose: '新的目的' }
        return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
      },
    })
    const page = await showPage(MyInvitationsPage)
    const press = async (words: string) => {
      await page
        .findAll('button')
        .find((one) => one.text() === words)
        ?.trigger('click')
      await settle()
    }
    const send = async () => {
      if (answer === 'accept') return press('接受')
      await page.get('dialog form').trigger('submit')
      await settle()
    }
    if (answer === 'decline') {
      await press('谢绝')
      await page.get('dialog textarea').setValue('时间不够')
    }
    await send()
    expect(page.text()).toContain('请重新核对后再决定')
    expect(page.text()).not.toContain('刷新')
    expect(page.text()).toContain('新的目的')
    await send()
    const posts = made.filter(({ method }) => method === 'POST')
    expect(posts.map(({ headers }) => headers.get('If-Match'))).toEqual(['"v1"', '"v2"'])
    if (answer === 'decline') expect(posts[1]?.body).toEqual({ reason: '时间不够' })
  },
)

test('older invitations come when they are asked for', async () => {
  const older = { ...invitation, id: 'inv_0', title: '分层作业研修', state: 'declined' }
  answers({
    'GET /api/v1/my/staff-invitations': ({ url }: Request) =>
      url.includes('after=inv_1') ? { items: [older] } : { items: [invitation], next: 'inv_1' },
  })
  const page = await showPage(MyInvitationsPage)
  expect(page.text()).toContain('复式教学')
  expect(page.text()).not.toContain('分层作业研修')
  await page
    .findAll('button')
    .find((button) => button.text() === '更多')
    ?.trigger('click')
  await settle()
  expect(page.text()).toContain('分层作业研修')
})
