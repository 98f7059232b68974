import { expect, test, vi } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import MyCertificatesPage from './MyCertificatesPage.vue'

const certificate = {
  id: 'crt_1',
  training_id: 'trn_1',
  person_id: 'per_wang',
  serial: '2026-K3M8Q-0042-R',
  status: 'valid',
  issued_on: '2026-06-01',
  issued_at: '2026-06-01T01:00:00Z',
  verify_url: 'https://lingxue.example.org/verify/2026-K3M8Q-0042-R?k=04106105',
  printed: {
    learner_name: '王秀兰',
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
const credits = {
  counted: '6.5',
  target: '360',
  missing: '353.5',
  entries: [
    {
      id: 'crd_1',
      person_id: 'per_wang',
      learner_name: '王秀兰',
      training_id: 'trn_1',
      training_title: '复式教学入门',
      serial: '2026-K3M8Q-0042-R',
      kind: 'earned',
      credits: '6.5',
      entered_on: '2026-06-01',
    },
  ],
}

test('credits are measured against the target and the certificate can be taken along', async () => {
  answers({ 'GET /api/v1/my/certificates': { items: [certificate] }, 'GET /api/v1/my/credits': credits })
  const page = await showPage(MyCertificatesPage)
  expect(page.text()).toContain('6.5 / 360 学分')
  expect(page.text()).toContain('还差 353.5 学分')
  const bar = page.get('progress').element
  expect([bar.value, bar.max]).toEqual([6.5, 360])
  const buttons = page.findAll('button').map((button) => button.text())
  expect(buttons).toEqual(expect.arrayContaining(['下载 PDF', '分享查验链接', '下载签名凭证']))
})

test('a revoked certificate offers no files', async () => {
  const revocation = {
    revoked_at: '2026-07-01T00:00:00Z',
    cause: 'replaced',
    reason: '姓名有误',
    replaced_by: '2026-K3M8Q-0043-A',
  }
  answers({
    'GET /api/v1/my/certificates': { items: [{ ...certificate, status: 'revoked', revocation }] },
    'GET /api/v1/my/credits': { ...credits, entries: [] },
  })
  const page = await showPage(MyCertificatesPage)
  expect(page.text()).toContain('撤销原因：姓名有误')
  expect(page.text()).not.toContain('下载 PDF')
})

test('without a certificate the page says what leads to one', async () => {
  answers({
    'GET /api/v1/my/certificates': { items: [] },
    'GET /api/v1/my/credits': { counted: '0', target: '360', missing: '360', entries: [] },
  })
  const page = await showPage(MyCertificatesPage)
  expect(page.text()).toContain('还没有证书')
})

/** A browser with, or without, what its makers let a page do. */
function browser(can: { share?: () => Promise<void>; writeText?: () => Promise<void> }) {
  const clipboard = can.writeText && { writeText: can.writeText }
  const stubbed = new Proxy(navigator, {
    get: (real, name) =>
      name === 'share'
        ? can.share
        : name === 'clipboard'
          ? clipboard
          : (Reflect.get(real, name, real) as unknown),
  })
  vi.stubGlobal('navigator', stubbed)
}

async function share() {
  toasts.value = []
  answers({ 'GET /api/v1/my/certificates': { items: [certificate] }, 'GET /api/v1/my/credits': credits })
  const page = await showPage(MyCertificatesPage)
  await page
    .findAll('button')
    .find((button) => button.text() === '分享查验链接')
    ?.trigger('click')
  await settle()
  return page
}
const no = (name: string) => () => Promise.reject(new DOMException('no', name))

test.each([
  { case: 'without a clipboard', can: {} },
  { case: 'with one that refuses', can: { writeText: no('NotAllowedError') } },
  {
    case: 'with a sheet and a clipboard that refuse',
    can: { share: no('NotAllowedError'), writeText: no('NotAllowedError') },
  },
])('the link can be taken by hand $case, and that is said', async ({ can }) => {
  browser(can)
  const page = await share()
  expect(toasts.value.at(-1)?.text).toContain('没有复制成功')
  expect(page.text()).toContain(certificate.verify_url)
})

test('a sheet that does not open leaves the link in the clipboard, one that was turned away from does nothing', async () => {
  const writeText = vi.fn(() => Promise.resolve())
  browser({ share: no('NotAllowedError'), writeText })
  const page = await share()
  expect(writeText).toHaveBeenCalledWith(certificate.verify_url)
  expect(toasts.value.at(-1)?.text).toBe('已复制')
  expect(page.text()).not.toContain(certificate.verify_url)
  writeText.mockClear()
  browser({ share: no('AbortError'), writeText })
  await share()
  expect(writeText).not.toHaveBeenCalled()
  expect(toasts.value).toEqual([])
})
