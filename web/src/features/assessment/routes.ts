// Where the pages of tests, assignments, grading, standings and results are.
import { defineFeature, type Role } from '@/shared/feature'
import { commonText } from './messages'

const { t } = commonText
const overseers: readonly Role[] = ['training_lead', 'provincial_office', 'administrator']
const authors: readonly Role[] = ['expert', 'training_lead']

export default defineFeature({
  routes: [
    {
      place: 'learn',
      path: 'tests/:paperId',
      name: 'assessment.test',
      component: () => import('./learn/TestPage.vue'),
      bare: true,
    },
    {
      place: 'learn',
      path: 'assignments/:taskId',
      name: 'assessment.assignment',
      component: () => import('./learn/AssignmentPage.vue'),
    },
    {
      place: 'learn',
      path: 'tasks/:taskId/reviews',
      name: 'assessment.reviews',
      component: () => import('./learn/ReviewsPage.vue'),
    },
    {
      place: 'learn',
      path: 'standing',
      name: 'assessment.standing',
      component: () => import('./learn/StandingPage.vue'),
    },
    {
      place: 'teach',
      path: 'grading',
      name: 'assessment.grading',
      component: () => import('./teach/GradingPage.vue'),
    },
    {
      place: 'teach',
      path: 'grading/:classId/:workId',
      name: 'assessment.grade',
      component: () => import('./teach/GradePage.vue'),
      wide: true,
    },
    {
      place: 'teach',
      path: 'papers',
      name: 'assessment.papers',
      component: () => import('./teach/PapersPage.vue'),
      roles: authors,
    },
    {
      place: 'teach',
      path: 'papers/:trainingId/:paperId',
      name: 'assessment.paper',
      component: () => import('./teach/PaperPage.vue'),
      roles: authors,
    },
    {
      place: 'teach',
      path: 'trainings/:trainingId/rubrics',
      name: 'assessment.rubrics',
      component: () => import('./teach/RubricsPage.vue'),
      roles: authors,
    },
    {
      place: 'teach',
      path: 'trainings/:trainingId/rubrics/new',
      name: 'assessment.new-rubric',
      component: () => import('./teach/NewRubricPage.vue'),
      roles: authors,
    },
    {
      place: 'teach',
      path: 'classes/:classId/standings',
      name: 'assessment.standings',
      component: () => import('./teach/StandingsPage.vue'),
      desk: true,
    },
    {
      place: 'office',
      path: 'classes/:classId/standings',
      name: 'assessment.office-standings',
      component: () => import('./office/StandingsPage.vue'),
      roles: overseers,
    },
    {
      place: 'office',
      path: 'evaluation',
      name: 'assessment.trainings',
      component: () => import('./office/TrainingsPage.vue'),
      roles: overseers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/evaluation',
      name: 'assessment.scheme',
      component: () => import('./office/SchemePage.vue'),
      roles: overseers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/results',
      name: 'assessment.results',
      component: () => import('./office/ResultsPage.vue'),
      roles: overseers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/results/:personId',
      name: 'assessment.result',
      component: () => import('./office/ResultPage.vue'),
      roles: overseers,
    },
    {
      place: 'office',
      path: 'trainings/:trainingId/results/:personId/attempts/:attemptId',
      name: 'assessment.result-attempt',
      component: () => import('./office/AttemptPage.vue'),
      roles: overseers,
    },
  ],
  nav: [
    {
      place: 'learn',
      to: 'assessment.standing',
      label: () => t('nav.standing'),
      icon: 'chart',
      order: 20,
      slot: 'me',
    },
    { place: 'teach', to: 'assessment.grading', label: () => t('nav.grading'), icon: 'grade', order: 30 },
    { place: 'teach', to: 'assessment.papers', label: () => t('nav.papers'), icon: 'test', order: 45 },
    {
      place: 'office',
      to: 'assessment.trainings',
      label: () => t('nav.evaluation'),
      icon: 'chart',
      order: 60,
      group: () => t('nav.group.evaluate'),
    },
  ],
})
