// Where the pages of trainings, plans and staff are.
import { defineFeature, type Role } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const group = () => t('nav.group.plan')
const watchers: readonly Role[] = ['training_lead', 'provincial_office', 'administrator']

export default defineFeature({
  routes: [
    {
      place: 'office',
      path: 'trainings',
      name: 'training-plan.trainings',
      component: () => import('./office/TrainingsPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'plan-approvals',
      name: 'training-plan.approvals',
      component: () => import('./office/ApprovalsPage.vue'),
      roles: ['provincial_office'],
    },
    {
      place: 'office',
      path: 'trainings/:trainingId',
      name: 'training-plan.training',
      component: () => import('./office/TrainingPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/plan',
      name: 'training-plan.plan',
      component: () => import('./office/PlanPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/staff',
      name: 'training-plan.staff',
      component: () => import('./office/StaffPage.vue'),
      roles: watchers,
    },
    {
      place: 'public',
      path: 'my/invitations',
      name: 'training-plan.my-invitations',
      component: () => import('./public/MyInvitationsPage.vue'),
      signedIn: true,
    },
  ],
  nav: [
    {
      place: 'office',
      to: 'training-plan.trainings',
      label: () => t('nav.trainings'),
      icon: 'training',
      order: 10,
      group,
    },
    {
      place: 'office',
      to: 'training-plan.approvals',
      label: () => t('nav.approvals'),
      icon: 'check',
      order: 12,
      group,
    },
    {
      place: 'public',
      to: 'training-plan.my-invitations',
      label: () => t('nav.invitations'),
      icon: 'people',
      order: 30,
      slot: 'me',
    },
    {
      place: 'teach',
      to: 'training-plan.my-invitations',
      label: () => t('nav.invitations'),
      icon: 'people',
      order: 60,
      slot: 'me',
    },
    {
      place: 'learn',
      to: 'training-plan.my-invitations',
      label: () => t('nav.invitations'),
      icon: 'people',
      order: 60,
      slot: 'me',
    },
  ],
})
