// Where the pages of the gate are.
import { defineFeature, type Role } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const watchers: readonly Role[] = ['training_lead', 'provincial_office', 'administrator']

export default defineFeature({
  routes: [
    {
      place: 'public',
      path: 'recruitment',
      name: 'gate-admission.recruitment',
      component: () => import('./public/RecruitmentPage.vue'),
    },
    {
      place: 'public',
      path: 'recruitment/:trainingId',
      name: 'gate-admission.public-notice',
      component: () => import('./public/NoticePage.vue'),
    },
    {
      place: 'public',
      path: 'recruitment/:trainingId/application',
      name: 'gate-admission.application',
      component: () => import('./public/ApplicationPage.vue'),
      signedIn: true,
    },
    {
      place: 'public',
      path: 'my/applications',
      name: 'gate-admission.my-applications',
      component: () => import('./public/MyApplicationsPage.vue'),
      signedIn: true,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/notice',
      name: 'gate-admission.notice',
      component: () => import('./office/NoticePage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/admissions',
      name: 'gate-admission.admissions',
      component: () => import('./office/AdmissionsPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'recommendations',
      name: 'gate-admission.recommendations',
      component: () => import('./office/RecommendationsPage.vue'),
      roles: ['school_head', 'administrator'],
    },
  ],
  nav: [
    {
      place: 'public',
      to: 'gate-admission.recruitment',
      label: () => t('nav.recruitment'),
      icon: 'gate',
      order: 10,
    },
    {
      place: 'public',
      to: 'gate-admission.recruitment',
      label: () => t('nav.recruitment'),
      icon: 'gate',
      order: 10,
      slot: 'me',
    },
    {
      place: 'public',
      to: 'gate-admission.my-applications',
      label: () => t('nav.applications'),
      icon: 'plan',
      order: 20,
      slot: 'me',
    },
    {
      place: 'learn',
      to: 'gate-admission.my-applications',
      label: () => t('nav.applications'),
      icon: 'plan',
      order: 50,
      slot: 'me',
    },
    {
      place: 'office',
      to: 'gate-admission.recommendations',
      label: () => t('nav.recommendations'),
      icon: 'people',
      order: 20,
      group: () => t('nav.group.prepare'),
    },
  ],
})
