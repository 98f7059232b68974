// Where the pages of certificates are.
import { defineFeature, type Role } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const watchers: readonly Role[] = ['training_lead', 'provincial_office', 'administrator']
const offices: readonly Role[] = ['provincial_office', 'administrator']

export default defineFeature({
  routes: [
    {
      place: 'public',
      path: 'verify',
      name: 'certificate-issuer.verify',
      component: () => import('./public/VerifyPage.vue'),
    },
    {
      // What the QR code on a certificate opens: `?k=` is its key.
      place: 'public',
      path: 'verify/:serial',
      name: 'certificate-issuer.verify-one',
      component: () => import('./public/VerifyPage.vue'),
    },
    {
      place: 'learn',
      path: 'certificates',
      name: 'certificate-issuer.mine',
      component: () => import('./learn/MyCertificatesPage.vue'),
    },
    {
      place: 'office',
      path: 'certificate-batches',
      name: 'certificate-issuer.batches',
      component: () => import('./office/BatchesPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'certificate-batches/:batchId',
      name: 'certificate-issuer.batch',
      component: () => import('./office/BatchPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'certificate-changes',
      name: 'certificate-issuer.changes',
      component: () => import('./office/ChangesPage.vue'),
      roles: offices,
    },
    {
      place: 'office',
      path: 'certificate-changes/:changeId',
      name: 'certificate-issuer.change',
      component: () => import('./office/ChangePage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/certificates',
      name: 'certificate-issuer.training',
      component: () => import('./office/TrainingCertificatesPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'credits',
      name: 'certificate-issuer.credits',
      component: () => import('./office/CreditsPage.vue'),
      roles: offices,
    },
  ],
  nav: [
    {
      place: 'public',
      to: 'certificate-issuer.verify',
      label: () => t('nav.verify'),
      icon: 'certificate',
      order: 30,
    },
    {
      place: 'learn',
      to: 'certificate-issuer.mine',
      label: () => t('nav.mine'),
      icon: 'certificate',
      order: 40,
      slot: 'me',
    },
    {
      place: 'office',
      to: 'certificate-issuer.batches',
      label: () => t('nav.batches'),
      icon: 'certificate',
      order: 60,
      group: () => t('nav.group.certify'),
    },
    {
      place: 'office',
      to: 'certificate-issuer.changes',
      label: () => t('nav.changes'),
      icon: 'certificate',
      order: 61,
      group: () => t('nav.group.certify'),
    },
    {
      place: 'office',
      to: 'certificate-issuer.credits',
      label: () => t('nav.credits'),
      icon: 'chart',
      order: 62,
      group: () => t('nav.group.certify'),
    },
  ],
})
