import { beforeEach, expect, test, vi } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { Problem } from '@/shared/api/problem'
import VerifyPage from './VerifyPage.vue'

const upload = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
vi.mock('@/shared/api/files', async (original) => ({
  ...(await original<object>()),
  uploadFile: upload,
}))

beforeEach(() => {
  upload.mockReset()
})

const valid = {
  serial: '2026-K3M8Q-0042-R',
  status: 'valid',
  issued_on: '2026-06-01',
  checked_at: '2026-11-21T08:00:00Z',
  printed: {
    learner_name: '王晓兰',
    training_title: '复式教学入门',
    starts_on: '2026-03-02',
    ends_on: '2026-05-24',
    hours: 60,
    credits: '6.5',
    grade: 'excellent',
    assessed_by: '威宁县教师发展中心',
    issuer_name: '贵州省教师培训办公室',
  },
}
const ADDRESS = 'GET /api/v1/public/certificates/2026-K3M8Q-0042-R'

test('the code on the paper shows every printed field and the verdict', async () => {
  const made = answers({ [ADDRESS]: valid })
  const page = await showPage(VerifyPage, {
    props: { serial: '2026-K3M8Q-0042-R' },
    at: '/verify/2026-K3M8Q-0042-R?k=04106105',
    me: null,
  })
  expect(made[0]?.path).toBe('/api/v1/public/certificates/2026-K3M8Q-0042-R?key=04106105')
  const text = page.text()
  for (const shown of ['证书有效', '王晓兰', '复式教学入门', '60', '6.5', '优秀', '威宁县教师发展中心']) {
    expect(text).toContain(shown)
  }
  for (const shown of [
    '2026-K3M8Q-0042-R',
    '贵州省教师培训办公室',
    '2026年3月2日至5月24日，参加“',
    '2026年6月1日',
  ]) {
    expect(text).toContain(shown)
  }
})

test('a revoked certificate says so, why, and what took its place', async () => {
  const revocation = {
    revoked_at: '2026-07-01T00:00:00Z',
    cause: 'replaced',
    reason: '姓名有误',
    replaced_by: '2026-K3M8Q-0043-A',
  }
  answers({ [ADDRESS]: { ...valid, status: 'revoked', revocation } })
  const page = await showPage(VerifyPage, {
    props: { serial: '2026-K3M8Q-0042-R' },
    at: '/verify/2026-K3M8Q-0042-R?k=04106105',
    me: null,
  })
  expect(page.text()).toContain('证书已撤销')
  expect(page.text()).toContain('姓名有误')
  expect(page.text()).toContain('2026-K3M8Q-0043-A')
  expect(page.text()).not.toContain('证书有效')
})

test('a wrong key is refused and the number stays to be corrected', async () => {
  answers({
    [ADDRESS]: reply(404, {
      code: 'certificate.not_found',
      title: '没有编号和校验码都相符的证书',
      status: 404,
    }),
  })
  const page = await showPage(VerifyPage, {
    props: { serial: '2026-K3M8Q-0042-R' },
    at: '/verify/2026-K3M8Q-0042-R?k=00000000',
    me: null,
  })
  expect(page.get('[role=alert]').text()).toContain('没有编号和校验码都相符的证书')
  expect(page.findAll('input').map((input) => (input.element as HTMLInputElement).value)).toContain(
    '2026-K3M8Q-0042-R',
  )
})

test('nothing is asked before a number and a key are there', async () => {
  const made = answers({})
  const page = await showPage(VerifyPage, { at: '/verify', me: null })
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('请输入证书编号')
  expect(made).toEqual([])
})

const unknown = reply(404, {
  code: 'certificate.not_found',
  title: '没有编号和校验码都相符的证书',
  status: 404,
})

async function afterWrongNumber() {
  answers({ [ADDRESS]: unknown })
  const page = await showPage(VerifyPage, {
    props: { serial: '2026-K3M8Q-0042-R' },
    at: '/verify/2026-K3M8Q-0042-R?k=00000000',
    me: null,
  })
  expect(page.get('[role=alert]').text()).toContain('没有编号和校验码都相符的证书')
  const choose = async () => {
    const input = page.get<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input.element, 'files', {
      value: [new File(['pdf'], '证书.pdf')],
      configurable: true,
    })
    await input.trigger('change')
    await settle()
  }
  return { page, choose }
}

test('a genuine file after a wrong number is shown without what was said of the number', async () => {
  const { page, choose } = await afterWrongNumber()
  upload.mockResolvedValue(valid)
  await choose()
  expect(page.text()).toContain('证书有效')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('a PDF that is not the original is judged by what was signed, and says so', async () => {
  const { page, choose } = await afterWrongNumber()
  upload.mockResolvedValue({ ...valid, paper: 'differs' })
  await choose()
  expect(page.get('h2').text()).toContain('签名凭证有效，但这个 PDF 不是原文件')
  expect(page.text()).toContain('请以这里显示的为准')
  expect(page.text()).toContain('王晓兰')
  expect(page.text()).not.toContain('证书有效')
})

test('a PDF that is not the original of a revoked certificate says both', async () => {
  const { page, choose } = await afterWrongNumber()
  upload.mockResolvedValue({ ...valid, status: 'revoked', paper: 'differs' })
  await choose()
  expect(page.get('h2').text()).toContain('证书已撤销')
  expect(page.text()).toContain('请以这里显示的为准')
})

test('blanks behind the end of a PDF are told and change nothing', async () => {
  const { page, choose } = await afterWrongNumber()
  upload.mockResolvedValue({ ...valid, paper: 'other_end' })
  await choose()
  expect(page.text()).toContain('证书有效')
  expect(page.text()).toContain('内容没有变化')
})

test('a file that could not be sent is what is tried again, not the number', async () => {
  const { page, choose } = await afterWrongNumber()
  upload.mockRejectedValueOnce(new Problem({ code: 'network', title: '连不上服务器' }))
  await choose()
  expect(page.get('[role=alert]').text()).not.toContain('没有编号和校验码都相符的证书')
  upload.mockResolvedValue(valid)
  await page.get('[role=alert] button').trigger('click')
  await settle()
  expect(upload).toHaveBeenCalledTimes(2)
  expect(page.text()).toContain('证书有效')
})

/** Whoever chose a file has the notice far above what they see. */
async function choosing(file: File) {
  answers({})
  const page = await showPage(VerifyPage, { at: '/verify', me: null })
  const far = { top: -900, bottom: -600, left: 0, right: 0, width: 0, height: 300, x: 0, y: -900 }
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({ ...far, toJSON: () => far })
  const shown = vi.fn()
  vi.spyOn(HTMLElement.prototype, 'scrollIntoView').mockImplementation(shown)
  const input = page.get<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
  await input.trigger('change')
  await settle()
  vi.restoreAllMocks()
  return { page, shown }
}

test('a refused file brings the eyes and the focus to what was said of it', async () => {
  upload.mockRejectedValueOnce(
    new Problem({ code: 'certificate.altered', status: 422, title: '这份证书被改动过' }),
  )
  const { page, shown } = await choosing(new File(['pdf'], '证书.pdf'))
  expect(shown).toHaveBeenCalled()
  expect(document.activeElement?.textContent).toContain('这份证书被改动过')
  page.unmount()
})

test('a photo is told from a certificate at once, and its owner is sent to number and key', async () => {
  const { page, shown } = await choosing(new File(['x'], 'IMG_1.jpg', { type: 'image/jpeg' }))
  expect(upload).not.toHaveBeenCalled()
  expect(page.get('[role=alert]').text()).toContain('请改用证书上的编号和校验码')
  expect(shown).toHaveBeenCalled()
  page.unmount()
})
