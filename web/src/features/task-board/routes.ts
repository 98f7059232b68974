// Where the pages of weeks and tasks are.
import { defineFeature } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText

export default defineFeature({
  routes: [
    { place: 'learn', path: '', name: 'task-board.week', component: () => import('./learn/WeekPage.vue') },
    {
      place: 'learn',
      path: 'weeks/:week(\\d+)',
      name: 'task-board.one-week',
      component: () => import('./learn/WeekPage.vue'),
    },
    {
      place: 'learn',
      path: 'tasks/:taskId',
      name: 'task-board.task',
      component: () => import('./learn/TaskPage.vue'),
    },
    {
      place: 'learn',
      path: 'classes/:classId/announcements',
      name: 'task-board.announcements',
      component: () => import('./learn/AnnouncementsPage.vue'),
    },
    {
      place: 'teach',
      path: 'course',
      name: 'task-board.course',
      component: () => import('./teach/CoursePage.vue'),
    },
    {
      place: 'teach',
      path: 'task-lists/:listId',
      name: 'task-board.list',
      component: () => import('./teach/ListPage.vue'),
    },
    {
      place: 'teach',
      path: 'task-lists/:listId/tasks/:taskId',
      name: 'task-board.edit-task',
      component: () => import('./teach/TaskEditPage.vue'),
      roles: ['expert', 'training_lead'],
    },
    {
      place: 'teach',
      path: 'classes/:classId/publish',
      name: 'task-board.publish',
      component: () => import('./teach/PublishPage.vue'),
    },
    {
      place: 'teach',
      path: 'classes/:classId/progress',
      name: 'task-board.progress',
      component: () => import('./teach/ProgressPage.vue'),
      wide: true,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/board',
      name: 'task-board.settings',
      component: () => import('./office/BoardSettingsPage.vue'),
      roles: ['training_lead', 'provincial_office', 'administrator'],
    },
  ],
  nav: [
    { place: 'learn', to: 'task-board.week', label: () => t('nav.week'), icon: 'week', order: 10 },
    { place: 'teach', to: 'task-board.course', label: () => t('nav.course'), icon: 'course', order: 40 },
  ],
})
