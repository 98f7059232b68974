// Where the library's pages are.
import { defineFeature } from '@/shared/feature'

export default defineFeature({
  routes: [
    {
      place: 'learn',
      path: 'trainings/:trainingId/library',
      name: 'course-library.resources',
      component: () => import('./learn/ResourcesPage.vue'),
    },
    {
      place: 'teach',
      path: 'trainings/:trainingId/library',
      name: 'course-library.library',
      component: () => import('./teach/LibraryPage.vue'),
    },
  ],
})
