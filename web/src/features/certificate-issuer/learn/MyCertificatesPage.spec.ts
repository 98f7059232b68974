import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
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
