// Where the pages of classes are.
import { defineFeature, type Role } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const watchers: readonly Role[] = ['training_lead', 'provincial_office', 'administrator']

export default defineFeature({
  routes: [
    {
      place: 'learn',
      path: 'classes',
      name: 'class-allocation.learn',
      component: () => import('./learn/ClassesPage.vue'),
    },
    {
      place: 'learn',
      path: 'classes/:classId',
      name: 'class-allocation.learn.class',
      component: () => import('./learn/ClassPage.vue'),
    },
    {
      place: 'teach',
      path: 'classes',
      name: 'class-allocation.teach',
      component: () => import('./teach/ClassesPage.vue'),
    },
    {
      place: 'teach',
      path: 'classes/:classId',
      name: 'class-allocation.teach.class',
      component: () => import('./teach/ClassPage.vue'),
    },
    {
      place: 'office',
      path: 'allocation',
      name: 'class-allocation.trainings',
      component: () => import('./office/TrainingsPage.vue'),
      roles: watchers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/allocation',
      name: 'class-allocation.board',
      component: () => import('./office/AllocationPage.vue'),
      roles: watchers,
    },
  ],
  nav: [
    {
      // The bar's own class entry leads to the exchange area, where a learner goes every day.
      place: 'learn',
      to: 'class-allocation.learn',
      label: () => t('nav.myClass'),
      icon: 'class',
      order: 10,
      slot: 'me',
    },
    {
      place: 'teach',
      to: 'class-allocation.teach',
      label: () => t('nav.class'),
      icon: 'class',
      order: 20,
    },
    {
      place: 'office',
      to: 'class-allocation.trainings',
      label: () => t('nav.allocation'),
      icon: 'class',
      order: 30,
      group: () => t('nav.group.prepare'),
    },
  ],
})
